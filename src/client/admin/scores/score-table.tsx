import type { ComponentChildren } from 'preact';
import { useWords } from '../admin.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';

interface ScoreTableProps {
  id: string;
  title: string;
  /** What a row is about: an indicator, a department. */
  rowTitle: string;
  /** The rows: a row heading and three cells each. */
  children: ComponentChildren;
}

/** A table of scores: what, how many people, the score as a figure and as a bar. */
export function ScoreTable({ id, title, rowTitle, children }: ScoreTableProps) {
  const { t } = useWords();
  return (
    <>
      <h3 id={id}>{title}</h3>
      <Table kind="table-scores" labelledBy={id}>
        <thead>
          <tr>
            <th scope="col">{rowTitle}</th>
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
        <tbody>{children}</tbody>
      </Table>
    </>
  );
}

/** The cells of one row; a dash where nobody answered. */
export function ScoreCells({ n, score }: { n: number; score: string | null }) {
  const { formats } = useWords();
  return (
    <>
      <td class="number">{formats.count(n)}</td>
      <td class="number">{formats.score(score)}</td>
      <td class="bar-cell">
        {score === null ? null : <ProgressBar share={Number(score) / 100} tone="normal" />}
      </td>
    </>
  );
}
