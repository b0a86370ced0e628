import { useSignal } from '@preact/signals';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemText } from '../problem-text.ts';

interface SingleResponsesProps {
  assessment: Assessment;
  instruments: Instrument[];
}

/** Every answer of every person, for owners alone and after a warning: it can tell who said what. */
export function SingleResponses({ assessment, instruments }: SingleResponsesProps) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const may = useMay();
  const isUnderstood = useSignal(false);
  const busy = useSignal<string | null>(null);
  const error = useSignal<ApiError | null>(null);
  if (!may('own')) return null;

  async function save({ id }: Instrument) {
    busy.value = id;
    error.value = null;
    try {
      const content = await api.responseFile(assessment.id, id, 'csv');
      saveFile(`responses-${assessment.fiscalYear}-${id}.csv`, content);
      feedback.value = t('report.saved');
    } catch (thrown) {
      error.value = asApiError(thrown);
    } finally {
      busy.value = null;
    }
  }

  return (
    <details class="card single-responses">
      <summary>{t('report.single.title')}</summary>
      <p>{t('report.single.what')}</p>
      <p class="single-responses-warning">
        <Icon name="warning" />
        {t('report.single.warning')}
      </p>
      <label class="single-responses-understood">
        <input
          type="checkbox"
          checked={isUnderstood.value}
          onChange={(event) => {
            isUnderstood.value = event.currentTarget.checked;
          }}
        />
        {t('report.single.understood')}
      </label>
      {isUnderstood.value ? (
        <p class="report-files">
          {instruments.map((instrument) => (
            <Button
              key={instrument.id}
              kind="secondary"
              isBusy={busy.value === instrument.id}
              onPress={() => void save(instrument)}
            >
              <Icon name="save" />
              {t('report.single.save', { tool: instrument.tool })}
            </Button>
          ))}
        </p>
      ) : null}
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
    </details>
  );
}
