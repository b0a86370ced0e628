// The thread that judges over many kinds of people, so that the server's own takes answers meanwhile.
import { parentPort } from 'node:worker_threads';
import { createJudge } from './judge.ts';
import type { Answer, Asked } from './judging.ts';

/** Some hundred megabytes where it is a whole country's. */
const MOST_REMEMBERED = 3;

const judge = createJudge(MOST_REMEMBERED);

function answer({ number, question }: Asked): Answer {
  try {
    return { number, state: 'judged', scores: judge(question) };
  } catch (error) {
    return { number, state: 'failed', error };
  }
}

parentPort?.on('message', (asked: Asked) => parentPort?.postMessage(answer(asked), []));
