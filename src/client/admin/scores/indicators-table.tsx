import type { ToolScore } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';

interface IndicatorsTableProps {
  instrument: string;
  indicators: ToolScore['indicators'];
}

/** The indicators of a tool. */
export function IndicatorsTable({ instrument, indicators }: IndicatorsTableProps) {
  const { t, texts, formats } = useWords();
  const id = `indicators-${instrument}`;
  return (
    <>
      <h3 id={id}>{t('scores.indicators')}</h3>
      <table class="table table-scores" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t('scores.indicator')}</th>
            <th scope="col" class="number">
              {t('scores.people')}
            </th>
            <th scope="col" class="number">
              {t('scores.score')}
            </th>
            <th scope="col" class="bar-cell">
              <span class="visually-hidden">{t('scores.bar')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {indicators.map(({ indicator, n, score }) => (
            <tr key={indicator}>
              <th scope="row">
                {formats.count(indicator)}.{' '}
                {texts.instrument(instrument)?.indicators[String(indicator)]}
              </th>
              <td class="number">{formats.count(n)}</td>
              <td class="number">{score === null ? '–' : formats.score(score)}</td>
              <td class="bar-cell">
                <ProgressBar share={Number(score ?? 0) / 100} tone="normal" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
