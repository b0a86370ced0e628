import { useSignal } from '@preact/signals';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { saveText } from '../parts/save-text.ts';
import { problemText } from '../problem-text.ts';

const FILE_NAME = 'sucharit-set-aside.json';

/** Saves what is set aside as a file, which another server or a later one can take. */
export function ExportAct({ assessment }: { assessment: string }) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const isBusy = useSignal(false);
  const error = useSignal<ApiError | null>(null);

  const may = useMay();
  if (!may('own')) return null;

  async function save() {
    isBusy.value = true;
    error.value = null;
    try {
      saveText(FILE_NAME, await api.exportSetAside(assessment));
      feedback.value = t('setAside.exported');
    } catch (thrown) {
      error.value = asApiError(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <div class="export-act">
      <Button kind="secondary" isBusy={isBusy.value} onPress={() => void save()}>
        <Icon name="save" />
        {t('setAside.export')}
      </Button>
      <p class="hint">{t('setAside.exportWarning')}</p>
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
    </div>
  );
}
