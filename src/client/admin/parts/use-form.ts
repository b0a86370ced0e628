import { useSignal } from '@preact/signals';
import { type ApiError, errorToTell } from '../api-error.ts';

interface Form {
  /** How often it was sent since it was last in order; 0 = nothing is told about it yet. */
  attempt: number;
  isBusy: boolean;
  /** Why the server did not take it; null = it did, or was not asked. */
  refused: ApiError | null;
  /** Checks and stores what is typed, one press at a time; `store` is left out while something is wrong with it. */
  send: (event: Event, isValid: boolean, store: () => Promise<void>) => Promise<void>;
  /** As if it had never been sent. */
  reset: () => void;
}

/** A form that is checked when it is sent, and tells all that is wrong with it then. */
export function useForm(): Form {
  const attempt = useSignal(0);
  const isBusy = useSignal(false);
  const refused = useSignal<ApiError | null>(null);

  function reset() {
    refused.value = null;
    attempt.value = 0;
  }

  return {
    attempt: attempt.value,
    isBusy: isBusy.value,
    refused: refused.value,
    reset,
    async send(event, isValid, store) {
      event.preventDefault();
      if (isBusy.value) return;
      refused.value = null;
      attempt.value += 1;
      if (!isValid) return;
      isBusy.value = true;
      try {
        await store();
        reset();
      } catch (thrown) {
        refused.value = errorToTell(thrown);
        if (refused.value !== null) attempt.value += 1;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
