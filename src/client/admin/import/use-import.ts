import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { readEnvelopeFile, type FileProblem } from './read-envelope-file.ts';
import type { ImportState } from './import-state.ts';
import { runImport } from './run-import.ts';
import { sendBatch } from './send-batch.ts';

/** How the import of one file stands. */
export type Import =
  | { state: 'idle' }
  | { state: 'reading' }
  | { state: 'wrong'; problem: FileProblem; file: string }
  | (ImportState & { file: string });

export const isUnderWay = ({ state }: Import) => state === 'reading' || state === 'sending';

/** Resolves after so many milliseconds, at once when `signal` is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface UseImport {
  current: ReadonlySignal<Import>;
  start: (file: File) => void;
  cancel: () => void;
}

/** Reads a file and sends what is in it, one file at a time; ends with the page. The file stays in memory only. */
export function useImport(onDone: () => void): UseImport {
  const current = useSignal<Import>({ state: 'idle' });
  const stop = useRef(new AbortController());
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => () => stop.current.abort(), []);

  async function importFile(file: File): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    current.value = { state: 'reading' };
    const content = await readEnvelopeFile(file);
    if (content.state === 'wrong') {
      current.value = { ...content, file: file.name };
      return;
    }
    await runImport(content.envelopes, signal, {
      send: (envelopes) =>
        sendBatch((input, init) => fetch(input, init), envelopes, signal, Date.now),
      pause,
      tell(state) {
        current.value = { ...state, file: file.name };
      },
    });
    done.current();
  }

  return {
    current,
    start(file) {
      if (!isUnderWay(current.value)) void importFile(file);
    },
    cancel: () => stop.current.abort(),
  };
}
