import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Measure } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { RefusedNote } from '../oit/refused-note.tsx';
import { Icon } from '../parts/icon.tsx';
import { MeasureEditor } from './measure-editor.tsx';
import { MeasureFacts } from './measure-facts.tsx';
import { formOf } from './measure-form.ts';
import { Subject } from './measure-subject.tsx';
import type { Standing } from './measures-view.ts';
import type { MeasuresWork } from './use-measures.ts';

interface MeasureCardProps {
  measure: Measure;
  assessment: Assessment;
  standing: Standing;
  today: string;
  mayChange: boolean;
  work: MeasuresWork;
  /** Fetches what others wrote meanwhile. */
  refresh: () => void;
}

/** The id of its heading. */
export const measureHeading = (id: string): string => `measure-${id}`;

/** One measure: what is done about what, by whom, how far it is; and what changes it. */
export function MeasureCard(props: MeasureCardProps) {
  const { measure, assessment, standing, today, mayChange, work, refresh } = props;
  const { t } = useWords();
  const { id, action } = measure;
  const doing = work.work.value.get(id);
  const state = doing?.state ?? 'shown';
  const edit = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const before = useRef(state);

  // What had the focus is gone: on to what stands in its place.
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (was === state) return;
    if (state === 'removed') undo.current?.focus();
    else if (state === 'shown' || was === 'editing') edit.current?.focus();
  }, [state]);

  const canBeTakenBack =
    doing?.state === 'removed' || (doing?.state === 'saved' && doing.before !== null);
  const named = <span class="visually-hidden"> {action}</span>;

  return (
    <li class={state === 'removed' ? 'card measure measure-gone' : 'card measure'}>
      {state === 'removed' ? null : (
        <>
          <div class="measure-content">
            {state === 'editing' ? null : <Subject about={measure.about} standing={standing} />}
            <h2 id={measureHeading(id)} tabIndex={-1}>
              {action}
            </h2>
            {state === 'editing' ? null : <MeasureFacts measure={measure} today={today} />}
          </div>
          {mayChange && doing?.state !== 'editing' ? (
            <div class="measure-acts">
              <button
                type="button"
                class="button"
                ref={edit}
                onClick={() => work.edit(id, formOf(measure))}
              >
                {t('measures.edit')}
                {named}
              </button>
              <button
                type="button"
                class="button button-quiet"
                aria-disabled={doing?.isBusy ? 'true' : undefined}
                onClick={() => work.remove(measure)}
              >
                {t('measures.remove')}
                {named}
              </button>
            </div>
          ) : null}
        </>
      )}
      {doing?.state === 'editing' ? (
        <MeasureEditor
          id={id}
          stored={measure}
          doing={doing}
          assessment={assessment}
          standing={standing}
          work={work}
        />
      ) : null}
      <output class="measure-told">
        {doing?.state === 'removed' || doing?.state === 'saved' ? (
          <>
            <Icon name="check" />
            {doing.state === 'saved' ? t('measures.saved') : t('measures.removed', { action })}
          </>
        ) : null}
        {canBeTakenBack ? (
          <button
            type="button"
            class="button button-quiet"
            ref={undo}
            aria-disabled={doing.isBusy ? 'true' : undefined}
            onClick={() => work.takeBack(id)}
          >
            {t('measures.undo')}
            {named}
          </button>
        ) : null}
      </output>
      {doing?.refused ? (
        <RefusedNote
          refused={doing.refused}
          stale={doing.state === 'editing' ? undefined : t(`measures.stale.${doing.state}`)}
          refresh={refresh}
        />
      ) : null}
    </li>
  );
}
