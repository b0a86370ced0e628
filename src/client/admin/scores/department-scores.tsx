import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { HiddenGroup } from './hidden-group.tsx';
import { ScoreCells, ScoreTable } from './score-table.tsx';

interface DepartmentScoresProps {
  assessment: Assessment;
  scores: Scores['instruments'][number];
  threshold: number;
}

/** Scores by department; groups that would give people away are hidden. */
export function DepartmentScores({ assessment, scores, threshold }: DepartmentScoresProps) {
  const { t, language } = useWords();
  const values = scores.fields.find(({ field }) => field === 'department')?.values ?? [];
  return (
    <ScoreTable
      id={`departments-${scores.instrument}`}
      title={t('scores.byDepartment')}
      rowTitle={t('departments.one')}
    >
      {values.map(({ option, group }) => (
        <tr key={String(option)}>
          <th scope="row">{departmentName(assessment, language, t, option)}</th>
          {group.state === 'hidden' ? (
            <td colSpan={3}>
              <HiddenGroup reason={group.reason} threshold={threshold} />
            </td>
          ) : (
            <ScoreCells n={group.n} score={group.value.score} />
          )}
        </tr>
      ))}
    </ScoreTable>
  );
}
