import { LANGUAGES } from '#core/contract/language.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';

interface LanguagesTableProps {
  participation: Participation;
  instruments: Instrument[];
}

/** In which languages people answered. */
export function LanguagesTable({ participation, instruments }: LanguagesTableProps) {
  const { t, formats } = useWords();
  const rows = LANGUAGES.map((language) => {
    const counts = participation.instruments.map(
      ({ languages }) => languages.find((known) => known.language === language)?.n ?? 0,
    );
    return { language, counts, n: counts.reduce((sum, n) => sum + n, 0) };
  });
  const most = Math.max(1, ...rows.map(({ n }) => n));
  return (
    <section class="card" aria-labelledby="by-language">
      <h2 id="by-language">{t('overview.byLanguage')}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('app.language')}</th>
            {participation.instruments.map(({ instrument }) => (
              <th key={instrument} scope="col" class="number">
                {instruments.find(({ id }) => id === instrument)?.tool ?? instrument}
              </th>
            ))}
            <th scope="col" class="bar-cell">
              {t('overview.together')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ language, counts, n }) => (
            <tr key={language}>
              <th scope="row">{t(`languages.${language}`)}</th>
              {counts.map((count, index) => (
                <td key={participation.instruments[index]?.instrument} class="number">
                  {formats.count(count)}
                </td>
              ))}
              <td class="bar-cell">
                <span class="number">{formats.count(n)}</span>
                <ProgressBar share={n / most} tone="normal" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
