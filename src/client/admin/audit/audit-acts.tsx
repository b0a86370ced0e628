import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useOrganizations, useWords } from '../admin.ts';
import { type ApiError, errorToTell } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemText } from '../problem-text.ts';
import { judgeAuditFile, type FileVerdict } from './read-audit-file.ts';
import { type Looked, verifyLog } from './verify-log.ts';
import { VerdictNote } from './verdict-note.tsx';

const FILE_NAME = 'sucharit-audit.json';

/** What is under way. */
interface Work {
  kind: 'looking' | 'saving';
  looked: Looked | null;
}

/** Resolves after what the page has to do at this moment. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** How far a check is; that it began is read out, the figure that moves is not. */
function AuditProgress({ looked: { done, total } }: { looked: Looked }) {
  const { t, formats } = useWords();
  return (
    <div aria-hidden="true">
      <ProgressBar share={total === 0 ? 1 : done / total} tone="normal" />
      <p class="hint">
        {t('audit.progress', { done: formats.count(done), total: formats.count(total) })}
      </p>
    </div>
  );
}

interface ActsProps {
  /** Asks for the log anew: an export is told of in it. */
  reload: () => void;
}

/** Has the whole log looked at, saves it, and looks at a saved one. */
export function AuditActs({ reload }: ActsProps) {
  const { api, feedback } = useAdmin();
  const { t } = useWords();
  // Of a part of the log no file can be made that could be verified.
  const seesAll = useOrganizations().branch === 'all';
  const work = useSignal<Work | null>(null);
  const verdict = useSignal<FileVerdict | null>(null);
  const error = useSignal<ApiError | null>(null);

  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);

  async function act(kind: Work['kind'], doIt: () => Promise<void>) {
    if (work.value) return;
    work.value = { kind, looked: null };
    verdict.value = null;
    error.value = null;
    try {
      await doIt();
    } catch (thrown) {
      error.value = errorToTell(thrown);
    } finally {
      work.value = null;
    }
  }

  function tell(looked: Looked) {
    work.value = { kind: 'looking', looked };
  }

  const verify = () =>
    act('looking', async () => {
      verdict.value = await verifyLog(
        (from) => api.lookAtAudit(from),
        tell,
        leaving.current.signal,
      );
    });
  const save = () =>
    act('saving', async () => {
      saveFile(FILE_NAME, await api.exportAudit());
      feedback.value = t('audit.saved');
      reload();
    });
  const judge = (file: File) =>
    act('looking', async () => {
      verdict.value = await judgeAuditFile(await file.text(), {
        readPage: (before) => api.audit({}, before),
        pause,
        tell,
      });
    });

  const isBusy = work.value !== null;

  function told(): ComponentChildren {
    if (work.value) return <p>{t(`audit.${work.value.kind}`)}</p>;
    return verdict.value ? <VerdictNote verdict={verdict.value} /> : null;
  }

  return (
    <section class="card aside-section log-acts" aria-labelledby="audit-verify">
      <h2 id="audit-verify">{t('audit.verifyTitle')}</h2>
      <p>{t('audit.verifyLead')}</p>
      <div class="form-acts">
        <Button kind="secondary" isBusy={isBusy} onPress={() => void verify()}>
          <Icon name="check" />
          {t('audit.verify')}
        </Button>
        {seesAll ? (
          <Button kind="secondary" isBusy={isBusy} onPress={() => void save()}>
            <Icon name="save" />
            {t('audit.export')}
          </Button>
        ) : null}
        {seesAll ? (
          <label class="button file-pick" aria-disabled={isBusy ? 'true' : undefined}>
            <input
              type="file"
              class="visually-hidden"
              accept=".json,application/json"
              disabled={isBusy}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? [];
                if (file) void judge(file);
                currentTarget.value = ''; // so that the same file can be picked again
              }}
            />
            <span>{t('audit.pick')}</span>
          </label>
        ) : null}
      </div>
      <output>{told()}</output>
      {work.value?.looked ? <AuditProgress looked={work.value.looked} /> : null}
      {error.value ? (
        <p class="field-problem" role="alert">
          {problemText(t, error.value)}
        </p>
      ) : null}
    </section>
  );
}
