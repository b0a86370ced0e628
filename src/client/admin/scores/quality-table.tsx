import type { GroupScore, InstrumentScores } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { Table } from '../parts/table.tsx';
import { HiddenCell } from './score-cell.tsx';
import { changeInHundredths } from './views.ts';

interface QualityTableProps {
  /** Of the heading that names it. */
  labelledBy: string;
  scores: InstrumentScores;
  threshold: number;
}

const scoreOf = (group: GroupScore) => (group.state === 'shown' ? group.value.score : null);

/** The score with all responses, then without those that bear one mark or another, side by side. */
export function QualityTable({ labelledBy, scores, threshold }: QualityTableProps) {
  const { t, formats } = useWords();
  const all = scoreOf(scores.office);

  function changeText(hundredths: number) {
    const sign = hundredths > 0 ? '+' : hundredths < 0 ? '−' : '';
    return `${sign}${formats.score(String(Math.abs(hundredths) / 100))}`;
  }

  function scoreCells(group: GroupScore) {
    if (group.state === 'hidden')
      return (
        <>
          <td class="number">
            <HiddenCell reason={group.reason} threshold={threshold} />
          </td>
          <td class="number">–</td>
        </>
      );
    const { score } = group.value;
    return (
      <>
        <td class="number">{formats.score(score)}</td>
        <td class="number">
          {score === null || all === null ? '–' : changeText(changeInHundredths(score, all))}
        </td>
      </>
    );
  }

  return (
    <Table kind="table-groups table-tall-heads" labelledBy={labelledBy}>
      <thead>
        <tr>
          <th scope="col">{t('scores.counted')}</th>
          <th scope="col" class="number">
            {t('scores.marked')}
          </th>
          <th scope="col" class="number">
            {t('scores.score')}
          </th>
          <th scope="col" class="number">
            {t('scores.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('scores.allResponses')}</th>
          <td class="number">–</td>
          <td class="number">{formats.score(all)}</td>
          <td class="number">–</td>
        </tr>
        {scores.quality.map(({ mark, marked, without }) => (
          <tr key={mark}>
            <th scope="row">{t(`scores.without.${mark}`)}</th>
            <td class="number">
              {marked.state === 'hidden' ? (
                <HiddenCell reason={marked.reason} threshold={threshold} />
              ) : (
                formats.count(marked.n)
              )}
            </td>
            {scoreCells(without)}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
