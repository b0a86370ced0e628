import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemText } from '../problem-text.ts';
import { judgeAuditFile, type FileVerdict } from './read-audit-file.ts';
import { VerdictNote } from './verdict-note.tsx';

const FILE_NAME = 'sucharit-audit.json';

interface ActsProps {
  /** Asks for the log anew: an export is told of in it. */
  reload: () => void;
}

/** Has the whole log looked at, saves it, and looks at a saved one. */
export function AuditActs({ reload }: ActsProps) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  const isBusy = useSignal(false);
  const verdict = useSignal<FileVerdict | null>(null);
  const error = useSignal<ApiError | null>(null);

  async function act(work: () => Promise<void>) {
    if (isBusy.value) return;
    isBusy.value = true;
    verdict.value = null;
    error.value = null;
    try {
      await work();
    } catch (thrown) {
      error.value = asApiError(thrown);
    } finally {
      isBusy.value = false;
    }
  }

  const verify = () =>
    act(async () => {
      verdict.value = await api.verifyAudit();
    });
  const save = () =>
    act(async () => {
      saveFile(FILE_NAME, await api.exportAudit());
      feedback.value = t('audit.saved');
      reload();
    });
  const judge = (file: File) =>
    act(async () => {
      verdict.value = await judgeAuditFile(await file.text(), (before) => api.audit(before));
    });

  function told(): ComponentChildren {
    if (isBusy.value) return <p>{t('audit.looking')}</p>;
    return verdict.value ? <VerdictNote verdict={verdict.value} /> : null;
  }

  return (
    <section class="card aside-section" aria-labelledby="audit-verify">
      <h2 id="audit-verify">{t('audit.verifyTitle')}</h2>
      <p>{t('audit.verifyLead')}</p>
      <div class="form-acts">
        <Button kind="secondary" isBusy={isBusy.value} onPress={() => void verify()}>
          <Icon name="check" />
          {t('audit.verify')}
        </Button>
        <Button kind="secondary" isBusy={isBusy.value} onPress={() => void save()}>
          <Icon name="save" />
          {t('audit.export')}
        </Button>
        <label class="button file-pick" aria-disabled={isBusy.value ? 'true' : undefined}>
          <input
            type="file"
            class="visually-hidden"
            accept=".json,application/json"
            disabled={isBusy.value}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) void judge(file);
              currentTarget.value = ''; // so that the same file can be picked again
            }}
          />
          <span>{t('audit.pick')}</span>
        </label>
      </div>
      <output>{told()}</output>
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
    </section>
  );
}
