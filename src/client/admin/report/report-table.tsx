import { Fragment } from 'preact';
import type { Report, ReportCell, ReportTable } from '#core/contract/report.ts';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { Unparted } from '../parts/unparted.tsx';
import { CellText } from './report-cell.tsx';

const titleId = ({ id }: ReportTable) => `table-${id}`;

type Withheld = Pick<Report, 'withheld'>;

/** The part of a bar that a figure of a hundred fills; null where there is no figure. */
function shareOf(cell: ReportCell | undefined): number | null {
  if (cell?.type !== 'score' && cell?.type !== 'percent') return null;
  return cell.value === null ? null : Math.min(1, Number(cell.value) / 100);
}

function Row({ table, row, withheld }: { table: ReportTable; row: ReportCell[] } & Withheld) {
  const [about, ...cells] = row;
  return (
    <tr>
      <th scope="row">{about ? <CellText cell={about} withheld={withheld} /> : null}</th>
      {cells.map((cell, index) => {
        const column = table.columns[index + 1];
        const share = table.bars === index + 1 ? shareOf(cell) : null;
        return (
          <Fragment key={column?.title}>
            <td class={column?.holds === 'figures' ? 'number' : undefined}>
              <CellText cell={cell} withheld={withheld} />
            </td>
            {table.bars === index + 1 ? (
              <td class="bar-cell">
                {share === null ? null : <ProgressBar share={share} tone="normal" />}
              </td>
            ) : null}
          </Fragment>
        );
      })}
    </tr>
  );
}

/** The titles of the columns; a bar stands behind the figure that it draws. */
function Head({ table }: { table: ReportTable }) {
  const { t } = useWords();
  return (
    <thead>
      <tr>
        {table.columns.map((column, index) => (
          <Fragment key={column.title}>
            <th scope="col" class={column.holds === 'figures' ? 'number' : undefined}>
              <Unparted text={column.title} />
            </th>
            {table.bars === index ? (
              <th scope="col" class="bar-cell">
                <span class="visually-hidden">{t('report.bar')}</span>
              </th>
            ) : null}
          </Fragment>
        ))}
      </tr>
    </thead>
  );
}

/** Has more columns than half a page of paper has room for with bars as long as elsewhere. */
const isWide = ({ columns }: ReportTable): boolean => columns.length > 3;

/** Has more columns than a narrow phone has room for in any case. */
const isVeryWide = ({ columns }: ReportTable): boolean =>
  columns.length > 5 || columns.filter(({ holds }) => holds === 'words').length > 2;

function Figures({ table, withheld }: { table: ReportTable } & Withheld) {
  return (
    <Table
      kind={`${isWide(table) ? 'report-broad' : ''} ${isVeryWide(table) ? 'report-wide' : ''}`}
      labelledBy={titleId(table)}
    >
      <Head table={table} />
      <tbody>
        {table.rows.map((row, index) => (
          <Row key={index} table={table} row={row} withheld={withheld} />
        ))}
      </tbody>
    </Table>
  );
}

/** One table of the report, its figures drawn as bars beside them where that says something. */
export function TableOfReport({ table, withheld }: { table: ReportTable } & Withheld) {
  return (
    <div class="report-table">
      <h3 id={titleId(table)}>{table.title}</h3>
      {table.note === '' ? null : <p class="hint">{table.note}</p>}
      {table.facts.length === 0 ? null : (
        <dl class="report-facts">
          {table.facts.map(({ label, cell }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <CellText cell={cell} withheld={withheld} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {table.rows.length === 0 ? null : <Figures table={table} withheld={withheld} />}
    </div>
  );
}
