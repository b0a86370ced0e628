import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useAdmin } from '../admin.ts';
import { asApiError, problemCodeOf } from '../api-error.ts';
import { readEnvelopeFile, type FileProblem } from './read-envelope-file.ts';
import { noCounts, type ImportEnd, type ImportState } from './import-state.ts';
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
  const { api } = useAdmin();
  const current = useSignal<Import>({ state: 'idle' });
  const stop = useRef(new AbortController());
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => () => stop.current.abort(), []);

  async function announced(count: number): Promise<ImportState | null> {
    try {
      await api.announceImport(count);
      return null;
    } catch (thrown) {
      const problem = problemCodeOf(asApiError(thrown));
      const end: ImportEnd = problem === null ? { kind: 'network' } : { kind: 'refused', problem };
      return { state: 'ended', counts: noCounts(count), end };
    }
  }

  async function importFile(file: File): Promise<void> {
    const { signal } = (stop.current = new AbortController());
    current.value = { state: 'reading' };
    const content = await readEnvelopeFile(file);
    if (content.state === 'wrong') {
      current.value = { ...content, file: file.name };
      return;
    }
    const { envelopes } = content;
    // An import that the log does not tell of is not begun.
    const hindrance = await announced(envelopes.length);
    if (hindrance) {
      current.value = { ...hindrance, file: file.name };
      return;
    }
    await runImport(envelopes, signal, {
      send: (batch) => sendBatch((input, init) => fetch(input, init), batch, signal, Date.now),
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
