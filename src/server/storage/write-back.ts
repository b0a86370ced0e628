import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DatabaseToRead } from './open-to-read.ts';

const PROGRAM = join(import.meta.dirname, 'write-back-main.ts');

/** After so many rows: with three or four pages each that is most of the 1,000 at which a commit would do it. */
const ROWS = 200;

export interface WritingBack {
  /** So many more rows were committed. Never throws. */
  noteCommit(rows: number): void;
  /** Ends the thread, and with it its connection to the file. */
  close(): Promise<void>;
}

/**
 * Has the log of a SQLite file written back into it by a thread of its own, which begins when there is so much of it. SQLite does it at the
 * end of a commit, which then takes some ten milliseconds longer; that stays for what the thread leaves, also where it is lost.
 * `onLost` hears why a thread ended that nobody ended, or did not begin. PostgreSQL needs nothing of this. `program`: what the thread runs.
 */
export function createWritingBack(
  written: DatabaseToRead,
  onLost: (error: unknown) => void,
  program: string | URL = PROGRAM,
): WritingBack {
  let rowsLeft = 0;
  let thread: ReturnType<typeof beginThread> | null = null;

  function beginThread(file: string) {
    const worker = new Worker(program, { workerData: file });
    // Nobody's process goes on for it.
    worker.unref();
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    let isAtIt = false;
    worker.on('message', () => {
      isAtIt = false;
    });
    worker.on('error', (error) => {
      thread = null;
      onLost(error);
    });
    return {
      isAtIt: () => isAtIt,
      writeBack() {
        isAtIt = true;
        worker.postMessage('write back', []);
      },
      async end() {
        // Who waits for its end goes on until then.
        worker.ref();
        worker.postMessage('end', []);
        await ended;
      },
    };
  }

  return {
    noteCommit(rows) {
      rowsLeft += rows;
      if (written.kind !== 'sqlite' || rowsLeft < ROWS || thread?.isAtIt()) return;
      rowsLeft = 0;
      try {
        thread ??= beginThread(written.file);
        thread.writeBack();
      } catch (error) {
        // The system gives no thread now: who has just stored something is told that it is stored all the same.
        onLost(error);
      }
    },
    async close() {
      await thread?.end();
    },
  };
}
