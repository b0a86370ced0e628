import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type ApiError, errorToTell } from '../api-error.ts';
import type { Progress, Watch } from '../download.ts';
import { saveFile } from './save-file.ts';

/** How a file stands that somebody asked for. */
export type Download =
  | { state: 'idle' }
  | { state: 'under-way'; progress: Progress }
  | { state: 'cancelled' }
  | { state: 'failed'; error: ApiError };

interface Wanted {
  /** The file's name. */
  name: string;
  get: (watch: Watch) => Promise<Blob>;
}

interface UseDownload {
  current: ReadonlySignal<Download>;
  start: (wanted: Wanted) => void;
  cancel: () => void;
}

/** Saves one file at a time, whole or not at all; ends with the page. */
export function useDownload(onSaved: () => void): UseDownload {
  const current = useSignal<Download>({ state: 'idle' });
  const stop = useRef(new AbortController());

  useEffect(() => () => stop.current.abort(), []);

  async function save({ name, get }: Wanted): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    current.value = { state: 'under-way', progress: null };
    try {
      const content = await get({
        signal,
        tell(progress) {
          if (!signal.aborted) current.value = { state: 'under-way', progress };
        },
      });
      if (signal.aborted) return;
      saveFile(name, content);
      current.value = { state: 'idle' };
      onSaved();
    } catch (thrown) {
      const error = errorToTell(thrown);
      if (!signal.aborted)
        current.value = error === null ? { state: 'idle' } : { state: 'failed', error };
    }
  }

  return {
    current,
    start(wanted) {
      if (current.value.state !== 'under-way') void save(wanted);
    },
    cancel() {
      stop.current.abort();
      current.value = { state: 'cancelled' };
    },
  };
}
