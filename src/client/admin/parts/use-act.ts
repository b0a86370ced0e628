import { useSignal } from '@preact/signals';
import { type ApiError, errorToTell } from '../api-error.ts';

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
        error.value = errorToTell(thrown);
        return false;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
