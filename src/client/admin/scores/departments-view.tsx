import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { GroupScore, Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { departmentName } from '../names.ts';
import { Table } from '../parts/table.tsx';
import { TextField } from '../parts/text-field.tsx';
import { GroupItems } from './group-items.tsx';
import { HiddenNote, ScoreCell } from './score-cell.tsx';
import { ScoreDots } from './score-dots.tsx';
import { fieldOf } from './views.ts';

interface DepartmentsViewProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  scores: Scores;
}

/** From this many departments on a search is worth its place. */
const SEARCH_FROM = 8;

const NOBODY: GroupScore = {
  state: 'shown',
  n: 0,
  value: { score: null, indicators: [], items: [] },
};

const isOfNobody = (group: GroupScore) => group.state === 'shown' && group.n === 0;

/** The scores of every department by questionnaire, and their mean. */
export function DepartmentsView({ assessment, instruments, scores }: DepartmentsViewProps) {
  const { t, language, formats } = useWords();
  const search = useSignal('');
  const tools = instruments.flatMap((instrument) => {
    const own = scores.instruments.find((known) => known.instrument === instrument.id);
    const field = own && fieldOf(instrument, own, 'departments');
    return field ? [{ instrument, field }] : [];
  });
  const rows = scores.departments
    .map(({ department, mean }) => ({
      department,
      mean,
      name: departmentName(assessment, language, t, department),
      groups: tools.map(
        ({ field }) => field.values.find(({ option }) => option === department)?.group ?? NOBODY,
      ),
    }))
    .filter(({ department, groups }) => department !== null || !groups.every(isOfNobody));
  const found = rows.filter(({ name }) =>
    name.toLocaleLowerCase().includes(search.value.trim().toLocaleLowerCase()),
  );

  return (
    <>
      <section class="card breakdown" aria-labelledby="by-department">
        <h2 id="by-department">{t('scores.byDepartment')}</h2>
        {rows.length < SEARCH_FROM ? null : (
          <div class="scores-choice no-print">
            <TextField
              id="department-search"
              type="search"
              label={t('scores.searchDepartment')}
              value={search.value}
              onInput={(value) => {
                search.value = value;
              }}
            />
            <output class="hint">
              {t('scores.foundDepartments', {
                count: found.length,
                n: formats.count(found.length),
              })}
            </output>
          </div>
        )}
        <div class="beside">
          <div>
            <Table kind="table-groups" labelledBy="by-department">
              <thead>
                <tr>
                  <th scope="col">{t('departments.one')}</th>
                  {tools.map(({ instrument }) => (
                    <th key={instrument.id} scope="col" class="number">
                      {instrument.tool}
                    </th>
                  ))}
                  <th scope="col" class="number">
                    {t('scores.mean')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.map(({ department, name, groups, mean }) => (
                  <tr key={String(department)}>
                    <th scope="row">{name}</th>
                    {groups.map((group, index) => (
                      <ScoreCell
                        key={tools[index]?.instrument.id}
                        group={group}
                        threshold={scores.threshold}
                      />
                    ))}
                    <td class="number">{formats.score(mean)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
            <HiddenNote
              groups={found.flatMap(({ groups }) => groups)}
              threshold={scores.threshold}
            />
          </div>
          <ScoreDots
            series={tools.map(({ instrument }) => instrument.tool)}
            rows={found.map(({ department, name, groups }) => ({
              key: String(department),
              name,
              scores: groups.map((group) => (group.state === 'shown' ? group.value.score : null)),
            }))}
          />
        </div>
      </section>
      <GroupItems
        id="department"
        groups={rows.flatMap(({ department, name, groups }) =>
          tools.flatMap(({ instrument }, index) => {
            const group = groups[index];
            return group
              ? [{ key: `${instrument.id} ${department}`, name, instrument, group }]
              : [];
          }),
        )}
      />
    </>
  );
}
