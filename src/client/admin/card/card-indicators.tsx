import type { Card } from '#core/contract/card.ts';
import type { Comparison } from '#core/scoring/comparison.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { indicatorName } from './card-texts.ts';
import { ChangeCell } from './change-cell.tsx';

interface CardIndicatorsProps {
  card: Card;
  comparison: Comparison | null;
  before: string;
}

/** All indicators of all tools, each with its bar. */
export function CardIndicators({ card, comparison, before }: CardIndicatorsProps) {
  const { t, texts, formats } = useWords();
  const instrumentOf = (wanted: string) =>
    card.tools.find(({ tool }) => tool === wanted)?.instrument ?? null;
  return (
    <Table kind="table-scores table-indicators" labelledBy="card-indicators">
      <thead>
        <tr>
          <th scope="col">{t('card.indicator')}</th>
          <th scope="col" class="number">
            {t('card.score')}
          </th>
          <th scope="col" class="bar-cell">
            <span class="visually-hidden">{t('scores.bar')}</span>
          </th>
          {comparison ? (
            <th scope="col" class="number">
              {before}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {card.indicators.map(({ indicator, tool, score }) => (
          <tr key={indicator}>
            <th scope="row">
              {formats.count(indicator)}. {indicatorName(texts, instrumentOf(tool), indicator)}{' '}
              <span class="hint">{tool}</span>
            </th>
            <td class="number">{formats.score(score)}</td>
            <td class="bar-cell">
              {score === null ? null : <ProgressBar share={Number(score) / 100} tone="normal" />}
            </td>
            {comparison ? <ChangeCell change={comparison.indicators[String(indicator)]} /> : null}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
