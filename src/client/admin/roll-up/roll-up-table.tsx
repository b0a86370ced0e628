import { nameIn } from '#core/contract/localized-name.ts';
import type { RollUpRow } from '#core/contract/roll-up.ts';
import { useAdmin, useWords } from '../admin.ts';
import { StateMark } from '../life/state-mark.tsx';
import { stateToday } from '../life/state-today.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { COLUMNS, type Column, type Order, reachedOf } from './sorted.ts';

const SIGNS = { ascending: ' ↑', descending: ' ↓', none: '' } as const;

const TOOLS = ['IIT', 'EIT', 'OIT'] as const;

interface RollUpTableProps {
  rows: readonly RollUpRow[];
  order: Order;
  onSort: (by: Column) => void;
}

/** Every office of the branch with its scores and how many answered; a press on a heading sorts by it. */
export function RollUpTable({ rows, order, onSort }: RollUpTableProps) {
  const { chosen, router } = useAdmin();
  const { t, language, formats } = useWords();
  const titleOf = (column: Column) => {
    if (column === 'ita') return 'ITA';
    return column === 'IIT' || column === 'EIT' || column === 'OIT'
      ? column
      : t(`rollUp.columns.${column}`);
  };
  const directionOf = (column: Column) => {
    if (order.by !== column) return undefined;
    return order.isDescending ? 'descending' : 'ascending';
  };
  const answeredText = ({ answered }: RollUpRow) =>
    answered === null ? t('rollUp.counting') : formats.count(answered);
  function reachedText(row: RollUpRow) {
    const reached = reachedOf(row);
    if (reached === null) return '–';
    const n = formats.count(row.towards ?? 0);
    const ofTarget = t('rollUp.ofTarget', { n, target: formats.count(row.target ?? 0) });
    return (
      <>
        {formats.roundPercent(reached, 1)} <span class="hint">{ofTarget}</span>
      </>
    );
  }
  return (
    <Table kind="roll-up-table" labelledBy="roll-up-list">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th
              key={column}
              scope="col"
              class={column === 'office' ? undefined : 'number'}
              aria-sort={directionOf(column)}
            >
              <button type="button" class="roll-up-sort" onClick={() => onSort(column)}>
                {titleOf(column)}
                <span aria-hidden="true">{SIGNS[directionOf(column) ?? 'none']}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const reached = reachedOf(row);
          return (
            <tr key={row.assessment}>
              <th scope="row">
                <button
                  type="button"
                  class="roll-up-sort roll-up-office"
                  onClick={() => {
                    chosen.value = row.assessment;
                    router.go({ page: 'overview' });
                  }}
                >
                  {nameIn(language, row.organization)}
                </button>{' '}
                <StateMark state={stateToday(row)} />
                {reached === null ? null : (
                  <ProgressBar share={reached} tone={reached >= 1 ? 'reached' : 'normal'} />
                )}
              </th>
              <td class="number">{formats.score(row.ita)}</td>
              {TOOLS.map((tool) => (
                <td key={tool} class="number">
                  {formats.score(row[tool])}
                </td>
              ))}
              <td class="number">{answeredText(row)}</td>
              <td class="number">{reachedText(row)}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
