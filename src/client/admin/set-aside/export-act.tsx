import { Button } from '../../ui/button.tsx';
import { useAdmin, useMay, useWords } from '../admin.ts';
import { ActProblem } from '../parts/act-problem.tsx';
import { Icon } from '../parts/icon.tsx';
import { saveText } from '../parts/save-text.ts';
import { useAct } from '../parts/use-act.ts';

const FILE_NAME = 'sucharit-set-aside.json';

/** Saves what is set aside as a file, which another server or a later one can take. */
export function ExportAct({ assessment }: { assessment: string }) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const { isBusy, error, act } = useAct();

  const may = useMay();
  if (!may('own')) return null;

  const save = () =>
    act(async () => {
      saveText(FILE_NAME, await api.exportSetAside(assessment));
      feedback.value = t('setAside.exported');
    });

  return (
    <div class="export-act">
      <Button kind="secondary" isBusy={isBusy} onPress={() => void save()}>
        <Icon name="save" />
        {t('setAside.export')}
      </Button>
      <p class="hint">{t('setAside.exportWarning')}</p>
      <ActProblem error={error} />
    </div>
  );
}
