// The thread that judges over many kinds of people, so that the server's own takes answers meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import { selectCounts } from '../storage/counted-rows.ts';
import { type DatabaseToRead, openToRead } from '../storage/open-to-read.ts';
import { isDamage, isStorageUnavailable } from '../storage/storage-error.ts';
import { CountingUnderway } from './counting-underway.ts';
import { createCounting } from './counting.ts';
import { countsOf, type InstrumentCounts } from './instrument-counts.ts';
import { createJudge, type Question } from './judge.ts';
import type { Answer, Asked } from './judging.ts';

/** Some hundred megabytes where it is a whole country's. */
const MOST_REMEMBERED = 3;

const judge = createJudge(MOST_REMEMBERED);
const toRead: DatabaseToRead = workerData;

/** Over a connection that is there for this alone: nothing is read from the database while it is judged, or nobody asks. */
async function read({ assessment, instruments }: Question): Promise<InstrumentCounts[]> {
  const counting = createCounting(new Map(instruments.map((known) => [known.id, known])));
  const database = openToRead(toRead);
  try {
    const stored = await selectCounts(database, assessment, counting);
    const counts = stored && countsOf(instruments, stored);
    if (!counts) throw new CountingUnderway();
    return counts;
  } finally {
    await database.destroy();
  }
}

async function answer({ number, question }: Asked): Promise<Answer> {
  try {
    return { number, state: 'judged', scores: judge(question, await read(question)) };
  } catch (error) {
    if (error instanceof CountingUnderway) return { number, state: 'underway' };
    if (isDamage(error)) return { number, state: 'damaged' };
    if (isStorageUnavailable(error)) return { number, state: 'unread', error };
    return { number, state: 'failed', error };
  }
}

let answered: Promise<void> = Promise.resolve();
parentPort?.on('message', (asked: Asked) => {
  answered = answered.then(async () => parentPort?.postMessage(await answer(asked), []));
});
