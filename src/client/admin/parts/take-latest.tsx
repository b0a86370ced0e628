import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../admin.ts';
import type { ApiError } from '../api-error.ts';
import { ActProblem } from './act-problem.tsx';
import { useAct } from './use-act.ts';

interface TakeLatestProps {
  /** What the server said to the form. */
  refused: ApiError | null;
  isSaving: boolean;
  /** Fetches what is stored and puts what is typed on top of it. */
  take: () => Promise<void>;
}

/** Where somebody else stored something since the form was opened: the way to go on without typing anything again. */
export function TakeLatest({ refused, isSaving, take }: TakeLatestProps) {
  const { t } = useWords();
  const { isBusy, error, act } = useAct();
  const isTaken = useSignal(false);
  const words = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (isSaving) isTaken.value = false;
  }, [isSaving]);
  useEffect(() => {
    // The button went with the focus; whoever types by now goes on.
    if (isTaken.value && document.activeElement === document.body) words.current?.focus();
  }, [isTaken.value]);

  if (isTaken.value)
    return (
      <p class="note" tabIndex={-1} ref={words}>
        {t('form.latestTaken')}
      </p>
    );
  if (refused?.code !== 'changed-meanwhile') return null;
  return (
    <div class="form-acts">
      <ActProblem error={error} />
      <Button
        kind="primary"
        isBusy={isBusy}
        onPress={async () => {
          isTaken.value = await act(take);
        }}
      >
        {t('form.takeLatest')}
      </Button>
    </div>
  );
}
