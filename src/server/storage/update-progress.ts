import { setImmediate } from 'node:timers/promises';

/**
 * Hears what an update of the tables is at. Whoever waits for it gives everything else a turn: SQLite holds the whole process up during a
 * statement, and no line of the log would be written.
 */
export type NotePart = (part: string) => Promise<void>;

export const noteNothing: NotePart = () => Promise.resolve();

/** Does the work, and tells every so many milliseconds what it is at, for as long as it takes. */
export async function tellMeanwhile<Done>(
  everyMs: number,
  tell: (part: string) => void,
  work: (note: NotePart) => Promise<Done>,
): Promise<Done> {
  let part = 'waiting for another process';
  const telling = setInterval(() => tell(part), everyMs);
  try {
    return await work(async (next) => {
      part = next;
      await setImmediate();
    });
  } finally {
    clearInterval(telling);
  }
}
