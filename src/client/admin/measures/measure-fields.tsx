import type { Assessment } from '#core/contract/assessment.ts';
import { MEASURE_STATES } from '#core/contract/measures.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import { useWords } from '../admin.ts';
import { DateField } from '../parts/date-field.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { TextField } from '../parts/text-field.tsx';
import { measureField, type MeasureForm, type MeasureProblem } from './measure-form.ts';
import type { Standing } from './measures-view.ts';
import { SubjectField } from './subject-field.tsx';

interface MeasureFieldsProps {
  id: string;
  form: MeasureForm;
  /** Those that are told of by now. */
  problems: readonly MeasureProblem[];
  assessment: Assessment;
  standing: Standing;
  onChange: (changes: Partial<MeasureForm>) => void;
}

/** Everything that is written of a measure. */
export function MeasureFields(props: MeasureFieldsProps) {
  const { id, form, problems, assessment, standing, onChange } = props;
  const { t, language } = useWords();
  const departments = measureField(id, 'responsible').concat('-departments');

  function about(field: keyof MeasureForm) {
    const problem = problems.find((one) => one.field === field);
    return {
      id: measureField(id, field),
      value: form[field],
      problem: problem && t(`measures.problems.${problem.code}`),
      onInput: (value: string) => onChange({ [field]: value }),
    };
  }

  return (
    <>
      <SubjectField
        id={measureField(id, 'about')}
        value={form.about}
        standing={standing}
        onChange={(key) => onChange({ about: key })}
      />
      <TextArea {...about('action')} label={t('measures.action')} rows={2} />
      <TextArea
        {...about('steps')}
        label={t('measures.steps')}
        hint={t('measures.stepsHint')}
        rows={4}
      />
      <TextField
        {...about('responsible')}
        label={t('measures.responsible')}
        hint={t('measures.responsibleHint')}
        list={departments}
      />
      <datalist id={departments}>
        {assessment.departments
          .filter(({ retired }) => !retired)
          .map(({ number, name }) => (
            <option key={number}>{nameIn(language, name)}</option>
          ))}
      </datalist>
      <div class="measure-pair">
        <DateField {...about('from')} label={t('measures.from')} hint={t('measures.fromHint')} />
        <DateField {...about('until')} label={t('measures.until')} hint={t('measures.untilHint')} />
      </div>
      <TextArea
        {...about('followUp')}
        label={t('measures.followUp')}
        hint={t('measures.followUpHint')}
        rows={2}
      />
      <div class="field">
        <label for={measureField(id, 'state')}>{t('measures.state')}</label>
        <select
          id={measureField(id, 'state')}
          class="input select"
          value={form.state}
          onChange={({ currentTarget: { value } }) => {
            const state = MEASURE_STATES.find((known) => known === value);
            if (state) onChange({ state });
          }}
        >
          {MEASURE_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`measures.states.${state}`)}
            </option>
          ))}
        </select>
      </div>
      <TextArea
        {...about('result')}
        label={t('measures.result')}
        hint={t('measures.resultHint')}
        rows={3}
      />
    </>
  );
}
