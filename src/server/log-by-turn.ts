import { destination } from 'pino';

/** Kept in memory at the most until it is written, in bytes. */
const MOST_BYTES = 8 * 1024;

/**
 * Where the lines of the log go: to the standard output, those of one turn of the event loop in one piece, as each write holds the
 * process up. What is left when the process ends is written then.
 */
export function logByTurn(): { write(line: string): void } {
  const output = destination({ minLength: MOST_BYTES, sync: true });
  let isWaiting = false;
  process.on('exit', () => output.flushSync());
  return {
    write(line) {
      output.write(line);
      if (isWaiting) return;
      isWaiting = true;
      setImmediate(() => {
        isWaiting = false;
        output.flushSync();
      });
    },
  };
}
