import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Scores } from '#core/contract/scores.ts';
import type { DatabaseToRead } from '../storage/open-to-read.ts';
import { DamagedDatabase, StorageUnavailable } from '../storage/storage-error.ts';
import { CountingUnderway } from './counting-underway.ts';
import type { InstrumentCounts } from './instrument-counts.ts';
import { createJudge, type Question } from './judge.ts';

/** Of so many instruments of assessments that are judged here it is remembered what the combinations say. */
const MOST_REMEMBERED = 100;

/** The other thread ends when nobody asked it for so long, and with it the memory that it took. */
const IDLE_MS = 60_000;

/** A judgement over the people of a whole country takes some seconds; one that takes this long will not end. */
const LIMIT_MS = 180_000;

const PROGRAM = join(import.meta.dirname, 'judge-main.ts');

/** Between the threads. `number`: names the question. */
export interface Asked {
  number: number;
  question: Question;
}

/** underway: not all is counted yet; damaged: what is stored cannot be read any more; unread: the database gave nothing. */
export type Answer = { number: number } & (
  | { state: 'judged'; scores: Scores }
  | { state: 'underway' }
  | { state: 'damaged' }
  | { state: 'unread'; error: unknown }
  | { state: 'failed'; error: unknown }
);

export interface Judging {
  /**
   * `few`: what is counted, where that is of few kinds of people; else it is read by the thread that judges.
   *
   * @throws CountingUnderway where the thread ended before it answered: the next question begins another; and where all is closed
   */
  judge(question: Question, few: readonly InstrumentCounts[] | null): Promise<Scores>;
  /** Ends the thread, for good. */
  close(): Promise<void>;
}

interface Waiting {
  resolve: (scores: Scores) => void;
  reject: (error: unknown) => void;
}

function failureOf(answer: Exclude<Answer, { state: 'judged' }>): unknown {
  if (answer.state === 'underway') return new CountingUnderway();
  // What an error says by its class or code does not come through between threads.
  if (answer.state === 'damaged') return new DamagedDatabase();
  if (answer.state === 'unread')
    return new StorageUnavailable('what is counted could not be read', answer.error);
  return answer.error;
}

/**
 * What may be shown, judged in place over few kinds of people. Many are read and judged by a thread of its own, which takes seconds in which
 * this one would take no answers, and on SQLite the only connection that writes. `onLost` hears why a thread ended that nobody ended.
 * `program`: what the thread runs.
 */
export function createJudging(
  toRead: DatabaseToRead,
  onLost: (error: unknown) => void,
  program: string | URL = PROGRAM,
): Judging {
  const judgeInPlace = createJudge(MOST_REMEMBERED);
  let asked = 0;
  let current: ReturnType<typeof beginThread> | null = null;
  let isClosed = false;

  function beginThread() {
    const worker = new Worker(program, { workerData: toRead });
    const waiting = new Map<number, Waiting>();
    let timer: NodeJS.Timeout | undefined;

    function end(error: unknown): void {
      clearTimeout(timer);
      if (current === thread) current = null;
      if (error !== null) onLost(error);
      for (const { reject } of waiting.values()) reject(new CountingUnderway());
      waiting.clear();
    }

    /** The thread has until then for its next answer, or to be asked again. */
    function wait(): void {
      clearTimeout(timer);
      const isIdle = waiting.size === 0;
      timer = setTimeout(
        () => {
          end(isIdle ? null : new Error('a judgement took too long'));
          void worker.terminate();
        },
        isIdle ? IDLE_MS : LIMIT_MS,
      );
      // Nobody's process goes on for a thread that has nothing to do.
      timer.unref();
      if (isIdle) worker.unref();
      else worker.ref();
    }

    const thread = {
      ask: (question: Question) =>
        new Promise<Scores>((resolve, reject) => {
          asked += 1;
          worker.postMessage({ number: asked, question } satisfies Asked, []);
          waiting.set(asked, { resolve, reject });
          // Who asks while it judges gives it no longer for that.
          if (waiting.size === 1) wait();
        }),
      async close() {
        end(null);
        await worker.terminate();
      },
    };
    worker.on('message', (answer: Answer) => {
      const asker = waiting.get(answer.number);
      waiting.delete(answer.number);
      wait();
      if (answer.state === 'judged') asker?.resolve(answer.scores);
      else asker?.reject(failureOf(answer));
    });
    /** Once: an error is followed by the end, by which time another thread may have begun. */
    const lose = (error: unknown) => {
      if (current === thread) end(error);
    };
    worker.on('error', lose);
    worker.on('messageerror', (error) => {
      lose(error);
      void worker.terminate();
    });
    worker.on('exit', () => lose(new Error('the thread that judges has ended')));
    return thread;
  }

  return {
    async judge(question, few) {
      if (isClosed) throw new CountingUnderway();
      if (few) return judgeInPlace(question, few);
      current ??= beginThread();
      return current.ask(question);
    },
    async close() {
      isClosed = true;
      await current?.close();
    },
  };
}
