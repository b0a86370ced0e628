import { Fragment } from 'preact';
import type { Card } from '#core/contract/card.ts';
import type { Comparison } from '#core/scoring/comparison.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { absenceText, weightText } from './card-texts.ts';
import { ChangeCell } from './change-cell.tsx';

interface ToolsTableProps {
  card: Card;
  /** Null = nothing to compare with. */
  comparison: Comparison | null;
  /** What the comparison is with, in words. */
  before: string;
}

/** What a tool consists of, or why it has no score: a row across the table, as its words are long. */
function ToolNotes({ line, columns }: { line: Card['tools'][number]; columns: number }) {
  const { t, formats } = useWords();
  const { tool, parts, absence } = line;
  if (parts === null && absence === null) return null;
  return (
    <tr class="tool-notes">
      <td colSpan={columns} class="hint">
        {absence === null ? null : <p>{absenceText(t, tool, absence)}</p>}
        {parts === null ? null : (
          <>
            <p>
              {t('card.partOffice', {
                weight: weightText(formats, parts.office.weight),
                score: formats.score(parts.office.score),
              })}
            </p>
            <p>
              {t('card.partAssessor', {
                weight: weightText(formats, parts.assessor.weight),
                score: formats.score(parts.assessor.score),
              })}
            </p>
          </>
        )}
      </td>
    </tr>
  );
}

/** The tools with their weights, and what each contributes to the ITA. */
export function ToolsTable({ card, comparison, before }: ToolsTableProps) {
  const { t, formats } = useWords();
  return (
    <Table kind="table-card" labelledBy="card-tools">
      <thead>
        <tr>
          <th scope="col">{t('card.tool')}</th>
          <th scope="col" class="number wrap">
            {t('card.weight')}
          </th>
          <th scope="col" class="number">
            {t('card.score')}
          </th>
          <th scope="col" class="number wrap">
            {t('card.weighted')}
          </th>
          {comparison ? (
            <th scope="col" class="number">
              {before}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {card.tools.map((line) => (
          <Fragment key={line.tool}>
            <tr class={line.parts || line.absence ? 'tool-notes-above' : undefined}>
              <th scope="row">
                <span class="tool">{line.tool}</span>
              </th>
              <td class="number">{weightText(formats, line.weight)}</td>
              <td class="number">{formats.score(line.score)}</td>
              <td class="number">{formats.score(line.weighted)}</td>
              {comparison ? <ChangeCell change={comparison.tools[line.tool]} /> : null}
            </tr>
            <ToolNotes line={line} columns={comparison ? 5 : 4} />
          </Fragment>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            ITA
          </th>
          <td class="number">
            <strong>{formats.score(card.ita)}</strong>
          </td>
          {comparison ? <ChangeCell change={comparison.ita} /> : null}
        </tr>
      </tfoot>
    </Table>
  );
}
