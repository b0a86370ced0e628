import { useSignal } from '@preact/signals';
import type { Retry } from '#core/contract/set-aside.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin, useWords } from '../admin.ts';
import { Icon } from '../parts/icon.tsx';
import { useAct } from '../parts/use-act.ts';
import { problemText } from '../problem-text.ts';

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
  const { isBusy, error, act } = useAct();
  const retried = useSignal<Retry | null>(null);

  function retry() {
    retried.value = null;
    return act(async () => {
      retried.value = await api.retrySetAside(assessment);
      onDone();
    });
  }

  function result() {
    if (error) return <p class="field-problem">{problemText(t, error)}</p>;
    const { value: came } = retried;
    if (came === null) return null;
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
          <Button kind="secondary" isBusy={isBusy} onPress={() => void retry()}>
            {t('setAside.retry')}
          </Button>
        </div>
      ) : null}
      <output>{result()}</output>
    </>
  );
}
