import type { Assessment } from '#core/contract/assessment.ts';
import type { GroupScore, Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Table } from '../parts/table.tsx';
import { GroupItems } from './group-items.tsx';
import { HiddenCell, HiddenNote } from './score-cell.tsx';
import { valueName } from './value-name.ts';
import { respondentFields, valuesWithPeople, type FieldScores } from './views.ts';

interface RespondentsViewProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  scores: Scores;
}

interface FieldTableProps {
  assessment: Assessment;
  instrument: Instrument;
  field: FieldScores;
  /** How many answered the questionnaire. */
  n: number;
  threshold: number;
}

/** How many people, which part of all of them, as a figure and as a bar, and their score. */
function GroupCells({ group, n, threshold }: { group: GroupScore; n: number; threshold: number }) {
  const { formats } = useWords();
  if (group.state === 'hidden')
    return (
      <>
        <td class="number">
          <HiddenCell reason={group.reason} threshold={threshold} />
        </td>
        <td class="number">–</td>
        <td class="number">–</td>
      </>
    );
  const { score } = group.value;
  return (
    <>
      <td class="number">{formats.count(group.n)}</td>
      <td class="number">{formats.percent(group.n, n)}</td>
      <td class="number">{formats.score(score)}</td>
    </>
  );
}

function FieldTable({ assessment, instrument, field, n, threshold }: FieldTableProps) {
  const words = useWords();
  const { t, texts } = words;
  const id = `field-${instrument.id}-${field.field}`;
  const values = valuesWithPeople(field);
  return (
    <section class="field-table" aria-labelledby={id}>
      <h3 id={id}>{texts.instrument(instrument.id)?.fields[field.field]?.label ?? field.field}</h3>
      <Table kind="table-groups" labelledBy={id}>
        <thead>
          <tr>
            <th scope="col">{t('scores.option')}</th>
            <th scope="col" class="number">
              {t('scores.people')}
            </th>
            <th scope="col" class="number">
              {t('scores.share')}
            </th>
            <th scope="col" class="number">
              {t('scores.score')}
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ option, group }) => (
            <tr key={String(option)}>
              <th scope="row">
                {valueName(words, assessment, instrument, field.field, option)}
                {group.state === 'shown' ? (
                  <ProgressBar share={group.n / Math.max(1, n)} tone="normal" />
                ) : null}
              </th>
              <GroupCells group={group} n={n} threshold={threshold} />
            </tr>
          ))}
        </tbody>
      </Table>
      <HiddenNote groups={values.map(({ group }) => group)} threshold={threshold} />
    </section>
  );
}

/** Who answered, and what each of these groups says: every respondent field of every questionnaire. */
export function RespondentsView({ assessment, instruments, scores }: RespondentsViewProps) {
  const words = useWords();
  const { t, texts, formats } = words;
  return (
    <>
      {instruments.map((instrument) => {
        const own = scores.instruments.find((known) => known.instrument === instrument.id);
        if (!own) return null;
        const { office } = own;
        return (
          <section
            key={instrument.id}
            class="card breakdown"
            aria-labelledby={`who-${instrument.id}`}
          >
            <h2 id={`who-${instrument.id}`}>
              <InstrumentTitle id={instrument.id} tool={instrument.tool} />
            </h2>
            {office.state === 'hidden' || office.n === 0 ? (
              <p class="hint">
                {office.state === 'hidden'
                  ? t('scores.officeHidden', { threshold: formats.count(scores.threshold) })
                  : t('overview.nobodyTitle')}
              </p>
            ) : (
              <>
                <p>{t('scores.of', { count: office.n, n: formats.count(office.n) })}</p>
                <div class="field-tables">
                  {respondentFields(instrument, own).map((field) => (
                    <FieldTable
                      key={field.field}
                      assessment={assessment}
                      instrument={instrument}
                      field={field}
                      n={office.n}
                      threshold={scores.threshold}
                    />
                  ))}
                </div>
              </>
            )}
          </section>
        );
      })}
      <GroupItems
        id="respondent"
        groups={instruments.flatMap((instrument) => {
          const own = scores.instruments.find((known) => known.instrument === instrument.id);
          return (own ? respondentFields(instrument, own) : []).flatMap((field) => {
            const label =
              texts.instrument(instrument.id)?.fields[field.field]?.label ?? field.field;
            return valuesWithPeople(field).map(({ option, group }) => ({
              key: `${instrument.id} ${field.field} ${option}`,
              name: `${label}: ${valueName(words, assessment, instrument, field.field, option)}`,
              instrument,
              group,
            }));
          });
        })}
      />
    </>
  );
}
