import fs from 'node:fs';

const STANDARD_OUTPUT = 1;

/** Kept in memory at the most until it is written, in characters. */
const MOST_AT_ONCE = 8 * 1024;

/** The same while nothing is taken. */
const MOST_KEPT = 1024 * 1024;

/** Between two tries to write what was not taken. */
const AGAIN_MS = 250;

/** How often, and after how long, it is tried where the process ends. */
const LAST_TRIES = 10;
const LAST_AGAIN_MS = 20;

function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * Where the lines of the log go: to the standard output, those of one turn of the event loop in one piece, as each write holds the
 * process up. Where nothing takes them (the disk of a log is full, who read it has ended) the server goes on: they are kept and tried
 * again, and from MOST_KEPT on left out. What is left when the process ends is written then.
 */
export function logByTurn(): { write(line: string): void } {
  let lines = '';
  let unwritten = Buffer.alloc(0);
  let isWaiting = false;
  let isHeldUp = false;

  /** True if everything is written. */
  function flush(): boolean {
    unwritten = Buffer.concat([unwritten, Buffer.from(lines)]);
    lines = '';
    try {
      while (unwritten.length > 0)
        unwritten = unwritten.subarray(fs.writeSync(STANDARD_OUTPUT, unwritten));
      return true;
    } catch {
      // There is no other place to tell it.
      return false;
    }
  }

  function flushOrHold(): void {
    isHeldUp = !flush();
    if (isHeldUp) setTimeout(flushOrHold, AGAIN_MS).unref();
  }

  process.on('exit', () => {
    for (let tries = 0; !flush() && tries < LAST_TRIES; tries += 1) wait(LAST_AGAIN_MS);
  });

  return {
    write(line) {
      if (isHeldUp && lines.length + unwritten.length > MOST_KEPT) return;
      lines += line;
      if (isHeldUp) return;
      if (lines.length >= MOST_AT_ONCE) flushOrHold();
      if (isWaiting) return;
      isWaiting = true;
      setImmediate(() => {
        isWaiting = false;
        if (!isHeldUp) flushOrHold();
      });
    },
  };
}
