import type { GroupPeople, Scores } from '#core/contract/scores.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { HiddenCell, HiddenNote } from '../scores/score-cell.tsx';

interface LanguagesTableProps {
  /** Null while they are on their way or cannot be had. */
  scores: Scores | null;
  instruments: readonly Instrument[];
}

/** All of them together; hidden where one part is, because the sum would give it away. */
function together(parts: readonly GroupPeople[]): GroupPeople {
  const hidden = parts.find(({ state }) => state === 'hidden');
  if (hidden) return hidden;
  const n = parts.reduce((sum, part) => sum + (part.state === 'shown' ? part.n : 0), 0);
  return { state: 'shown', n };
}

/** In which languages people answered. */
export function LanguagesTable({ scores, instruments }: LanguagesTableProps) {
  const { t, formats } = useWords();
  const nobody: GroupPeople = { state: 'shown', n: 0 };
  const rows = LANGUAGES.map((language) => {
    const parts = instruments.map(({ id }) => {
      const own = scores?.instruments.find(({ instrument }) => instrument === id)?.languages;
      return own?.find((known) => known.language === language)?.people ?? nobody;
    });
    return { language, parts, sum: together(parts) };
  });
  const threshold = scores?.threshold ?? 0;
  const most = Math.max(1, ...rows.map(({ sum }) => (sum.state === 'shown' ? sum.n : 0)));

  function figure(people: GroupPeople) {
    if (people.state === 'hidden')
      return <HiddenCell reason={people.reason} threshold={threshold} />;
    return formats.count(people.n);
  }

  return (
    <section class="card" aria-labelledby="by-language">
      <h2 id="by-language">{t('overview.byLanguage')}</h2>
      <Table kind="table-languages" labelledBy="by-language">
        <thead>
          <tr>
            <th scope="col">{t('app.language')}</th>
            {instruments.map(({ id, tool }) => (
              <th key={id} scope="col" class="number">
                {tool}
              </th>
            ))}
            <th scope="col" class="bar-cell">
              {t('overview.together')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ language, parts, sum }) => (
            <tr key={language}>
              <th scope="row">{t(`languages.${language}`)}</th>
              {parts.map((people, index) => (
                <td key={instruments[index]?.id} class="number">
                  {figure(people)}
                </td>
              ))}
              <td class="bar-cell">
                <span class="number">{figure(sum)}</span>
                {sum.state === 'shown' ? <ProgressBar share={sum.n / most} tone="normal" /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote groups={rows.flatMap(({ parts }) => parts)} threshold={threshold} />
    </section>
  );
}
