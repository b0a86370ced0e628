import { useSignal } from '@preact/signals';
import { useWords } from '../admin.ts';
import { type FiguresForm, hasReport } from './figures-form.ts';

interface ClearReportProps {
  form: FiguresForm;
  onChange: (scores: FiguresForm['scores']) => void;
}

/** Empties all fields of the report of the year before; until something else is typed they can be had back. */
export function ClearReport({ form, onChange }: ClearReportProps) {
  const { t } = useWords();
  const cleared = useSignal<FiguresForm['scores'] | null>(null);
  const { value: before } = cleared;

  if (hasReport(form))
    return (
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          cleared.value = form.scores;
          onChange({});
        }}
      >
        {t('figures.clear')}
      </button>
    );
  if (before === null) return null;
  return (
    <div class="form-acts">
      <output>{t('figures.cleared')}</output>
      <button type="button" class="button button-quiet" onClick={() => onChange(before)}>
        {t('figures.takeBack')}
      </button>
    </div>
  );
}
