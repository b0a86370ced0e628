import type { Assessment } from '#core/contract/assessment.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { Icon } from '../parts/icon.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import {
  shareOf,
  standingOf,
  type InstrumentParticipation,
  type Standing,
} from './participation-view.ts';

interface DepartmentsTableProps {
  assessment: Assessment;
  participation: InstrumentParticipation;
  tool: string;
}

const TONE = {
  reached: 'reached',
  behind: 'behind',
  'under-way': 'normal',
  'no-target': 'normal',
} as const satisfies Record<Standing, string>;

function StandingTag({ standing }: { standing: Standing }) {
  const { t } = useWords();
  if (standing === 'behind')
    return (
      <span class="tag tag-warning">
        <Icon name="behind" />
        {t('overview.behind')}
      </span>
    );
  if (standing === 'reached')
    return (
      <span class="tag">
        <Icon name="check" />
        {t('overview.reachedShort')}
      </span>
    );
  return null;
}

/** How many answered by department against its target; who lags is marked in words and shape. */
export function DepartmentsTable({ assessment, participation, tool }: DepartmentsTableProps) {
  const { t, language, formats } = useWords();
  const id = `by-department-${participation.instrument}`;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{t('overview.byDepartment', { tool })}</h2>
      <Table labelledBy={id}>
        <thead>
          <tr>
            <th scope="col">{t('departments.one')}</th>
            <th scope="col" class="number">
              {t('overview.answeredShort')}
            </th>
            <th scope="col" class="number">
              {t('overview.targetShort')}
            </th>
          </tr>
        </thead>
        <tbody>
          {participation.departments.map((department) => {
            const standing = standingOf(department, participation);
            const share = shareOf(department.n, department.target);
            return (
              <tr key={String(department.department)}>
                <th scope="row">
                  <span class="department-line">
                    <span class="department-name">
                      {departmentName(assessment, language, t, department.department)}
                    </span>
                    <StandingTag standing={standing} />
                  </span>
                  {share === null ? null : <ProgressBar share={share} tone={TONE[standing]} />}
                </th>
                <td class="number">{formats.count(department.n)}</td>
                <td class="number">
                  {department.target === null ? '–' : formats.count(department.target)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
}
