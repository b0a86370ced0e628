import { expect, test, vi } from 'vitest';
import type { Scores } from '#core/contract/scores.ts';
import { CountingUnderway } from '#server/counting/count-responses.ts';
import { createJudge, type Question } from '#server/counting/judge.ts';
import { createResults } from '#server/counting/results.ts';
import { envelope, IIT, INSTRUMENTS, response } from '../support/fixtures.ts';
import { createTestServer } from '../support/test-server.ts';

/** An office whose judgements take until they are let go. */
async function slowOffice() {
  const { storage, createChannel, resultsOf } = await createTestServer();
  const { assessment, code } = await createChannel(IIT.id);
  let arrived = 0;
  const arrive = async () => resultsOf([envelope((arrived += 1), code, response(IIT))]);
  const begun: { question: Question; end: (scores: Scores) => void; fail: (why: Error) => void }[] =
    [];
  const judge = vi.fn<(question: Question) => Promise<Scores>>((question) => {
    const { promise, resolve, reject } = Promise.withResolvers<Scores>();
    begun.push({ question, end: resolve, fail: reject });
    return promise;
  });
  const results = createResults({ storage, instruments: INSTRUMENTS, judging: { judge } });
  /** The judgement of that number, once it is being made. */
  const made = async (number: number) => vi.waitUntil(() => begun[number - 1]);
  const judgeNow = ({ question, end }: (typeof begun)[number]) => end(createJudge(1)(question));
  for (let person = 0; person < 5; person += 1) await arrive();
  return { results, assessment, arrive, judge, made, judgeNow };
}

const peopleIn = ({ instruments }: Scores) => {
  const office = instruments[0]?.office;
  return office?.state === 'shown' ? office.n : null;
};

test('who asks while scores are judged is told of all that came before they asked, all of them of one judgement', async () => {
  const { results, assessment, arrive, judge, made, judgeNow } = await slowOffice();
  const first = results.scores(assessment);
  const one = await made(1);
  await arrive();
  const meanwhile = [results.scores(assessment), results.scores(assessment)];
  judgeNow(one);
  expect(peopleIn(await first)).toBe(5);
  judgeNow(await made(2));
  expect((await Promise.all(meanwhile)).map(peopleIn)).toEqual([6, 6]);
  expect(judge).toHaveBeenCalledTimes(2);
  expect(peopleIn(await results.scores(assessment))).toBe(6);
  expect(judge).toHaveBeenCalledTimes(2);
});

test('a judgement that fails stops nobody who asked behind it', async () => {
  const { results, assessment, made, judgeNow } = await slowOffice();
  const first = results.scores(assessment);
  const one = await made(1);
  const second = results.scores(assessment);
  one.fail(new CountingUnderway());
  await expect(first).rejects.toThrow(CountingUnderway);
  judgeNow(await made(2));
  expect(peopleIn(await second)).toBe(5);
});

test('another threshold is judged by itself', async () => {
  const { results, assessment, made, judgeNow } = await slowOffice();
  const first = results.scores(assessment);
  const stricter = results.scores({ ...assessment, suppressionThreshold: 6 });
  judgeNow(await made(1));
  judgeNow(await made(2));
  expect((await Promise.all([first, stricter])).map(peopleIn)).toEqual([5, null]);
});
