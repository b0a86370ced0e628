import { useSignal, type ReadonlySignal } from '@preact/signals';
import { asApiError, type ApiError } from '../api-error.ts';

interface Act {
  isBusy: ReadonlySignal<boolean>;
  /** Why the last try failed; null if it did not. */
  error: ReadonlySignal<ApiError | null>;
  /** Does it unless another is on its way; resolves to whether it was done. */
  run: (act: () => Promise<void>) => Promise<boolean>;
}

/** One act at a time, and what became of it. */
export function useAct(): Act {
  const isBusy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  return {
    isBusy,
    error,
    async run(act) {
      if (isBusy.value) return false;
      isBusy.value = true;
      error.value = null;
      try {
        await act();
        return true;
      } catch (thrown) {
        const failed = asApiError(thrown);
        // The sign-in page says it; signed in again, it would be told of somebody who is.
        if (failed.code !== 'not-signed-in') error.value = failed;
        return false;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
