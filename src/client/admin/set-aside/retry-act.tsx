import { useSignal } from '@preact/signals';
import type { Retry } from '#core/contract/set-aside.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { asApiError, type ApiError } from '../api-error.ts';
import { Icon } from '../parts/icon.tsx';
import { problemText } from '../problem-text.ts';

type Told = { kind: 'retried'; retry: Retry } | { kind: 'failed'; error: ApiError };

const RESULTS = ['counted', 'duplicates', 'conflicts', 'uncounted', 'remaining'] as const;

/** Has the server judge the quarantined ones once more, and says what that came to. Stays when nothing is left. */
export function RetryAct({
  assessment,
  isShown,
  onDone,
}: {
  assessment: string;
  /** Whether there is anything to try. */
  isShown: boolean;
  onDone: () => void;
}) {
  const { api } = useAdmin();
  const { t, formats } = useWords();
  const isBusy = useSignal(false);
  const told = useSignal<Told | null>(null);

  async function retry() {
    isBusy.value = true;
    told.value = null;
    try {
      told.value = { kind: 'retried', retry: await api.retrySetAside(assessment) };
      onDone();
    } catch (thrown) {
      told.value = { kind: 'failed', error: asApiError(thrown) };
    } finally {
      isBusy.value = false;
    }
  }

  function result() {
    if (told.value === null) return null;
    if (told.value.kind === 'failed')
      return <p class="field-problem">{problemText(t, told.value.error)}</p>;
    const { retry: came } = told.value;
    const parts = RESULTS.filter((part) => came[part] > 0);
    return (
      <ul class="findings">
        {parts.length === 0 ? <li>{t('setAside.retried.nothing')}</li> : null}
        {parts.map((part) => (
          <li key={part}>
            <Icon name={part === 'counted' || part === 'duplicates' ? 'check' : 'aside'} />
            {t(`setAside.retried.${part}`, { count: came[part], n: formats.count(came[part]) })}
          </li>
        ))}
      </ul>
    );
  }

  return (
    <>
      {isShown ? (
        <div>
          <Button kind="secondary" isBusy={isBusy.value} onPress={() => void retry()}>
            {t('setAside.retry')}
          </Button>
        </div>
      ) : null}
      <output>{result()}</output>
    </>
  );
}
