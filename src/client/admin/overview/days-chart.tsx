import type { Participation } from '#core/contract/participation.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { dayRow, type DayCount } from './participation-view.ts';

/** Columns of the chart stand this far apart, in parts of a column's place. */
const COLUMN_SHARE = 0.72;

const newestFirst = (row: readonly DayCount[]) => [...row].sort((a, b) => (a.day < b.day ? 1 : -1));

/** How many answered on each day: a small column chart and the same as a table. */
export function DaysChart({ participation }: { participation: Participation }) {
  const { t, formats } = useWords();
  const row = dayRow(participation.instruments);
  const first = row[0];
  const last = row[row.length - 1];
  const most = Math.max(1, ...row.map(({ n }) => n));
  const place = 100 / Math.max(row.length, 7);

  return (
    <section class="card" aria-labelledby="by-day">
      <h2 id="by-day">{t('overview.byDay')}</h2>
      {first === undefined || last === undefined ? (
        <p class="hint">{t('overview.noDays')}</p>
      ) : (
        <>
          <p class="hint">{t('overview.mostPerDay', { n: formats.count(most) })}</p>
          <svg class="columns" aria-hidden="true" focusable="false">
            {row.map(({ day, n }, index) => {
              const height = (n / most) * 100;
              return (
                <rect
                  key={day}
                  class="column"
                  x={`${place * (index + (1 - COLUMN_SHARE) / 2)}%`}
                  y={`${100 - height}%`}
                  width={`${place * COLUMN_SHARE}%`}
                  height={`${height}%`}
                />
              );
            })}
            <line class="columns-ground" x1="0" x2="100%" y1="100%" y2="100%" />
          </svg>
          <p class="columns-ends" aria-hidden="true">
            <span>{formats.shortDay(first.day)}</span>
            {row.length > 1 ? <span>{formats.shortDay(last.day)}</span> : null}
          </p>
          <details class="more">
            <summary>{t('overview.daysTable')}</summary>
            <Table labelledBy="by-day">
              <thead>
                <tr>
                  <th scope="col">{t('overview.day')}</th>
                  <th scope="col" class="number">
                    {t('overview.answeredShort')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {newestFirst(row).map(({ day, n }) => (
                  <tr key={day}>
                    <th scope="row">{formats.day(day)}</th>
                    <td class="number">{formats.count(n)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </details>
        </>
      )}
    </section>
  );
}
