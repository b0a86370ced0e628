import { useSignal } from '@preact/signals';
import { asApiError, type ApiError } from '../api-error.ts';

interface Act {
  isBusy: boolean;
  /** Why the latest did not work; null = it did, or is under way. */
  error: ApiError | null;
  /** Does one thing at a time: a press while another is under way is left out. True if it worked. */
  act: (work: () => Promise<void>) => Promise<boolean>;
}

/** Something that is done on the server at the press of a button. */
export function useAct(): Act {
  const isBusy = useSignal(false);
  const error = useSignal<ApiError | null>(null);
  return {
    isBusy: isBusy.value,
    error: error.value,
    async act(work) {
      if (isBusy.value) return false;
      isBusy.value = true;
      error.value = null;
      try {
        await work();
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
