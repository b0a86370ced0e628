import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { useWords } from '../admin.ts';
import { InstrumentTitle } from '../parts/instrument-title.tsx';
import { Table } from '../parts/table.tsx';
import { GroupItems } from './group-items.tsx';
import { HiddenCell, HiddenNote, ScoreCell } from './score-cell.tsx';
import { ScoreDots } from './score-dots.tsx';
import { valueName } from './value-name.ts';
import { fieldOf, valuesWithPeople } from './views.ts';

interface ServicesViewProps {
  assessment: Assessment;
  instruments: readonly Instrument[];
  scores: Scores;
}

/** The score of every kind of service, and of every item for it. */
export function ServicesView({ assessment, instruments, scores }: ServicesViewProps) {
  const words = useWords();
  const { t, texts, formats } = words;
  const { threshold } = scores;
  const shown = instruments.flatMap((instrument) => {
    const own = scores.instruments.find((known) => known.instrument === instrument.id);
    const field = own && fieldOf(instrument, own, 'services');
    return field ? [{ instrument, field }] : [];
  });

  return (
    <>
      {shown.map(({ instrument, field }) => {
        const id = `services-${instrument.id}`;
        const values = valuesWithPeople(field).map(({ option, group }) => ({
          key: String(option),
          name: valueName(words, assessment, instrument, field.field, option),
          group,
        }));
        const itemScore = (code: string, group: (typeof values)[number]['group']) => {
          if (group.state === 'hidden')
            return <HiddenCell reason={group.reason} threshold={threshold} />;
          const score = group.value.items.find((item) => item.code === code)?.score ?? null;
          return formats.score(score);
        };
        return (
          <section key={instrument.id} class="card breakdown" aria-labelledby={id}>
            <h2 id={id}>
              <InstrumentTitle id={instrument.id} tool={instrument.tool} />
            </h2>
            <h3 id={`${id}-table`}>{t('scores.byService')}</h3>
            <Table kind="table-groups table-matrix" labelledBy={`${id}-table`}>
              <thead>
                <tr>
                  <th scope="col">{texts.instrument(instrument.id)?.fields[field.field]?.label}</th>
                  <th scope="col" class="number">
                    {instrument.tool}
                  </th>
                  {instrument.items.map(({ code }) => (
                    <th key={code} scope="col" class="number">
                      {code}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {values.map(({ key, name, group }) => (
                  <tr key={key}>
                    <th scope="row">{name}</th>
                    <ScoreCell group={group} threshold={threshold} />
                    {instrument.items.map(({ code }) => (
                      <td key={code} class="number">
                        {itemScore(code, group)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </Table>
            <HiddenNote groups={values.map(({ group }) => group)} threshold={threshold} />
            <dl class="codes">
              {instrument.items.map(({ code }) => (
                <div key={code}>
                  <dt class="item-code">{code}</dt>
                  <dd>{texts.instrument(instrument.id)?.items[code]?.short}</dd>
                </div>
              ))}
            </dl>
            <ScoreDots
              series={[instrument.tool]}
              rows={values.map(({ key, name, group }) => ({
                key,
                name,
                scores: [group.state === 'shown' ? group.value.score : null],
              }))}
            />
          </section>
        );
      })}
      <GroupItems
        id="service"
        groups={shown.flatMap(({ instrument, field }) =>
          valuesWithPeople(field).map(({ option, group }) => ({
            key: `${instrument.id} ${option}`,
            name: valueName(words, assessment, instrument, field.field, option),
            instrument,
            group,
          })),
        )}
      />
    </>
  );
}
