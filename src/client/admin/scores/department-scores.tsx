import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { HiddenGroup } from './hidden-group.tsx';

interface DepartmentScoresProps {
  assessment: Assessment;
  scores: Scores['instruments'][number];
  threshold: number;
}

/** Scores by department; groups that would give people away are hidden. */
export function DepartmentScores({ assessment, scores, threshold }: DepartmentScoresProps) {
  const { t, language, formats } = useWords();
  const id = `departments-${scores.instrument}`;
  return (
    <>
      <h3 id={id}>{t('scores.byDepartment')}</h3>
      <table class="table table-scores" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t('departments.one')}</th>
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
        <tbody>
          {scores.departments.map(({ department, group }) => (
            <tr key={String(department)}>
              <th scope="row">{departmentName(assessment, language, t, department)}</th>
              {group.state === 'hidden' ? (
                <td colSpan={3}>
                  <HiddenGroup reason={group.reason} threshold={threshold} />
                </td>
              ) : (
                <>
                  <td class="number">{formats.count(group.n)}</td>
                  <td class="number">{group.value === null ? '–' : formats.score(group.value)}</td>
                  <td class="bar-cell">
                    {group.value === null ? null : (
                      <ProgressBar share={Number(group.value) / 100} tone="normal" />
                    )}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
