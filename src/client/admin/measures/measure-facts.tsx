import type { Measure } from '#core/contract/measures.ts';
import { isOverdue, stepsOf } from '#core/measures/progress.ts';
import { useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';

/** How far it is, by whom and until when. */
function Marks({ measure, today }: { measure: Measure; today: string }) {
  const { t, formats } = useWords();
  const { state, responsible, from, until } = measure;
  return (
    <p class="measure-marks">
      <span class={`tag measure-state-${state}`}>
        {state === 'done' ? <Icon name="check" /> : null}
        {t(`measures.states.${state}`)}
      </span>
      {isOverdue(measure, today) ? (
        <span class="tag tag-warning">
          <Icon name="warning" />
          {t('measures.overdue')}
        </span>
      ) : null}
      {responsible === '' ? null : <span>{responsible}</span>}
      {from === null ? null : <span>{t('measures.fromDay', { day: formats.day(from) })}</span>}
      {until === null ? null : <span>{t('measures.untilDay', { day: formats.day(until) })}</span>}
    </p>
  );
}

/** What the office wrote of a measure; what it left open is not told. */
export function MeasureFacts({ measure, today }: { measure: Measure; today: string }) {
  const { t } = useWords();
  const steps = stepsOf(measure);
  return (
    <div class="measure-facts">
      <Marks measure={measure} today={today} />
      {steps.length === 0 && measure.followUp === '' && measure.result === '' ? null : (
        <dl>
          {steps.length === 0 ? null : (
            <div>
              <dt>{t('measures.steps')}</dt>
              <dd>
                <ol>
                  {steps.map((step, index) => (
                    <li key={index}>{step}</li>
                  ))}
                </ol>
              </dd>
            </div>
          )}
          {(['followUp', 'result'] as const).map((field) =>
            measure[field] === '' ? null : (
              <div key={field}>
                <dt>{t(`measures.${field}`)}</dt>
                <dd class="measure-text">{measure[field]}</dd>
              </div>
            ),
          )}
        </dl>
      )}
    </div>
  );
}
