import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Measure } from '#core/contract/measures.ts';
import { useWords } from '../admin.ts';
import { RefusedNote } from '../oit/refused-note.tsx';
import { SubmitButton } from '../parts/submit-button.tsx';
import { MeasureFields } from './measure-fields.tsx';
import { measureField, readMeasure } from './measure-form.ts';
import type { Standing } from './measures-view.ts';
import type { MeasuresWork, MeasureWork } from './use-measures.ts';

interface MeasureEditorProps {
  id: string;
  /** Null for a new one. */
  stored: Measure | null;
  doing: Extract<MeasureWork, { state: 'editing' }>;
  assessment: Assessment;
  standing: Standing;
  work: MeasuresWork;
}

/** The form of one measure. What is wrong is told where it stands, after the first try. */
export function MeasureEditor(props: MeasureEditorProps) {
  const { id, stored, doing, assessment, standing, work } = props;
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const read = readMeasure(id, doing.form);
  const problems = doing.isTried && read.state === 'invalid' ? read.problems : [];

  function save(event: Event) {
    event.preventDefault();
    if (doing.isBusy || work.save(id, stored) || read.state === 'valid') return;
    const [wrong] = read.problems;
    if (wrong) document.getElementById(measureField(id, wrong.field))?.focus();
  }

  // What it is about is known where it was begun for an item.
  useEffect(() => {
    const isChosen = doing.form.about !== '';
    form.current?.querySelector<HTMLElement>(isChosen ? 'textarea' : 'select')?.focus();
  }, []);

  const name = stored?.action ?? t('measures.newOne');
  const named = <span class="visually-hidden"> {name}</span>;
  return (
    <form
      class="form measure-form"
      noValidate
      ref={form}
      aria-label={t('measures.formOf', { action: name })}
      onSubmit={save}
    >
      <MeasureFields
        id={id}
        form={doing.form}
        problems={problems}
        assessment={assessment}
        standing={standing}
        onChange={(changes) => work.change(id, { ...doing.form, ...changes })}
      />
      <div class="form-acts">
        <SubmitButton busy={doing.isBusy}>
          {t('measures.save')}
          {named}
        </SubmitButton>
        <button
          type="button"
          class="button button-quiet"
          aria-disabled={doing.isBusy ? 'true' : undefined}
          onClick={() => work.cancel(id)}
        >
          {t('measures.cancel')}
          {named}
        </button>
      </div>
    </form>
  );
}

interface NewMeasureProps extends Pick<
  MeasureEditorProps,
  'id' | 'assessment' | 'standing' | 'work'
> {
  refresh: () => void;
}

/** A measure that is not stored yet. */
export function NewMeasure({ id, assessment, standing, work, refresh }: NewMeasureProps) {
  const { t } = useWords();
  const doing = work.work.value.get(id);
  if (doing?.state !== 'editing') return null;
  return (
    <section class="card measure measure-new" aria-labelledby="measure-new">
      <h2 id="measure-new">{t('measures.newOne')}</h2>
      <MeasureEditor
        id={id}
        stored={null}
        doing={doing}
        assessment={assessment}
        standing={standing}
        work={work}
      />
      {doing.refused ? <RefusedNote refused={doing.refused} refresh={refresh} /> : null}
    </section>
  );
}
