import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { Icon } from '../parts/icon.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import {
  shareOf,
  standingOf,
  type DepartmentParticipation,
  type InstrumentParticipation,
  type Standing,
} from './participation-view.ts';

interface DepartmentsTableProps {
  assessment: Assessment;
  participation: Participation;
  instruments: Instrument[];
}

interface CellsProps {
  office: InstrumentParticipation;
  department: DepartmentParticipation;
}

const TONE = {
  reached: 'reached',
  behind: 'behind',
  'under-way': 'normal',
  'no-target': 'normal',
} as const satisfies Record<Standing, string>;

function Cells({ office, department }: CellsProps) {
  const { t, formats } = useWords();
  const { n, target } = department;
  const standing = standingOf(department, office);
  const share = shareOf(n, target);
  return (
    <>
      <td class="number">{formats.count(n)}</td>
      <td class="number">{target === null ? '–' : formats.count(target)}</td>
      <td class="bar-cell">
        {share === null ? null : <ProgressBar share={share} tone={TONE[standing]} />}
        {standing === 'behind' ? (
          <span class="tag tag-warning">
            <Icon name="behind" />
            {t('overview.behind')}
          </span>
        ) : null}
        {standing === 'reached' ? (
          <span class="tag">
            <Icon name="check" />
            {t('overview.reachedShort')}
          </span>
        ) : null}
      </td>
    </>
  );
}

/** How many answered by department against its target; who lags is marked in words and shape. */
export function DepartmentsTable({
  assessment,
  participation,
  instruments,
}: DepartmentsTableProps) {
  const { t, language } = useWords();
  const offices = participation.instruments;
  const toolOf = (id: string) => instruments.find((known) => known.id === id)?.tool ?? id;
  const numbers = [
    ...new Set(
      offices.flatMap(({ departments }) => departments.map(({ department }) => department)),
    ),
  ];
  const nobody = (department: number | null): DepartmentParticipation => ({
    department,
    n: 0,
    target: null,
  });

  return (
    <section class="card" aria-labelledby="by-department">
      <h2 id="by-department">{t('overview.byDepartment')}</h2>
      <div class="table-scroll" role="region" aria-labelledby="by-department" tabIndex={0}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('departments.one')}
              </th>
              {offices.map(({ instrument }) => (
                <th key={instrument} scope="colgroup" colSpan={3} class="group-head">
                  {toolOf(instrument)}
                </th>
              ))}
            </tr>
            <tr>
              {offices.map(({ instrument }) => [
                <th key={`${instrument}-n`} scope="col" class="number group-head">
                  {t('overview.answeredShort')}
                </th>,
                <th key={`${instrument}-target`} scope="col" class="number">
                  {t('overview.targetShort')}
                </th>,
                <th key={`${instrument}-bar`} scope="col">
                  {t('overview.progress')}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {numbers.map((number) => (
              <tr key={String(number)}>
                <th scope="row">{departmentName(assessment, language, t, number)}</th>
                {offices.map((office) => (
                  <Cells
                    key={office.instrument}
                    office={office}
                    department={
                      office.departments.find(({ department }) => department === number) ??
                      nobody(number)
                    }
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
