import type { ToolScore } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { ScoreCells, ScoreTable } from './score-table.tsx';

interface IndicatorsTableProps {
  instrument: string;
  indicators: ToolScore['indicators'];
}

/** The indicators of a tool. */
export function IndicatorsTable({ instrument, indicators }: IndicatorsTableProps) {
  const { t, texts, formats } = useWords();
  return (
    <ScoreTable
      id={`indicators-${instrument}`}
      title={t('scores.indicators')}
      rowTitle={t('scores.indicator')}
    >
      {indicators.map(({ indicator, n, score }) => (
        <tr key={indicator}>
          <th scope="row">
            {formats.count(indicator)}.{' '}
            {texts.instrument(instrument)?.indicators[String(indicator)]}
          </th>
          <ScoreCells n={n} score={score} />
        </tr>
      ))}
    </ScoreTable>
  );
}
