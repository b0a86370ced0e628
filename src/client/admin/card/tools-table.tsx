import type { Card } from '#core/contract/card.ts';
import type { Comparison } from '#core/scoring/comparison.ts';
import { useWords } from '../admin.ts';
import { absenceText, weightText } from './card-texts.ts';
import { ChangeCell } from './change-cell.tsx';

interface ToolsTableProps {
  card: Card;
  /** Null = nothing to compare with. */
  comparison: Comparison | null;
  /** What the comparison is with, in words. */
  before: string;
}

/** The tools with their weights, and what each contributes to the ITA. */
export function ToolsTable({ card, comparison, before }: ToolsTableProps) {
  const { t, formats } = useWords();
  const score = (value: string | null) => (value === null ? '–' : formats.score(value));
  return (
    <table class="table table-card" aria-labelledby="card-tools">
      <thead>
        <tr>
          <th scope="col">{t('card.tool')}</th>
          <th scope="col" class="number">
            {t('card.weight')}
          </th>
          <th scope="col" class="number">
            {t('card.score')}
          </th>
          <th scope="col" class="number">
            {t('card.weighted')}
          </th>
          {comparison ? (
            <th scope="col" class="number wrap">
              {before}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {card.tools.map(({ tool, weight, score: value, weighted, parts, absence }) => (
          <tr key={tool}>
            <th scope="row">
              <span class="tool">{tool}</span>
              {absence === null ? null : (
                <span class="hint tool-absence">{absenceText(t, tool, absence)}</span>
              )}
              {parts === null ? null : (
                <ul class="tool-parts hint">
                  <li>
                    {t('card.partOffice', {
                      weight: weightText(formats, parts.office.weight),
                      score: score(parts.office.score),
                    })}
                  </li>
                  <li>
                    {t('card.partAssessor', {
                      weight: weightText(formats, parts.assessor.weight),
                      score: score(parts.assessor.score),
                    })}
                  </li>
                </ul>
              )}
            </th>
            <td class="number">{weightText(formats, weight)}</td>
            <td class="number">{score(value)}</td>
            <td class="number">{score(weighted)}</td>
            {comparison ? <ChangeCell change={comparison.tools[tool]} /> : null}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            ITA
          </th>
          <td class="number">
            <strong>{score(card.ita)}</strong>
          </td>
          {comparison ? <ChangeCell change={comparison.ita} /> : null}
        </tr>
      </tfoot>
    </table>
  );
}
