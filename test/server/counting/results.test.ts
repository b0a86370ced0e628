import { describe, expect, test, vi } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Scores } from '#core/contract/scores.ts';
import { CountingUnderway } from '#server/counting/counting-underway.ts';
import type { InstrumentCounts } from '#server/counting/instrument-counts.ts';
import { createJudge, type Question } from '#server/counting/judge.ts';
import type { Judging } from '#server/counting/judging.ts';
import { createResults } from '#server/counting/results.ts';
import { unlikePeople } from '../support/crowd.ts';
import { EIT, envelope, INSTRUMENTS } from '../support/fixtures.ts';
import { storedCounts } from '../support/judge-stored.ts';
import { keepSums } from '../support/keep-sums.ts';
import { createTestServer } from '../support/test-server.ts';
import { PATIENCE } from '../../support/patience.ts';

/** Over more kinds of people than these nobody waits for a judgement. */
const LARGE = 301;

/** An office of so many people, none like another, whose judgements take until they are let go. */
async function slowOffice(people = 5) {
  const { storage, database, createChannel, resultsOf, clock, handle } = await createTestServer();
  const { assessment, code } = await createChannel(EIT.id);
  const crowd = unlikePeople(people + 10);
  let arrived = 0;
  const arrive = async (count = 1) => {
    const until = arrived + count;
    while (arrived < until) {
      const from = arrived;
      arrived = Math.min(from + 100, until);
      const some = crowd.slice(from, arrived);
      await resultsOf(some.map((answers, place) => envelope(from + place, code, answers)));
    }
  };
  const begun: {
    question: Question;
    counts: readonly InstrumentCounts[];
    end: (scores: Scores) => void;
    fail: (why: Error) => void;
  }[] = [];
  const judge = vi.fn<Judging['judge']>(async (question, few) => {
    const { promise, resolve, reject } = Promise.withResolvers<Scores>();
    const counts = few ?? (await storedCounts(database, question));
    begun.push({ question, counts, end: resolve, fail: reject });
    return promise;
  });
  const standing = { epoch: 'the first' };
  const now = () => clock.now;
  const pause = vi.fn<(ms: number) => Promise<void>>(async () => {});
  const effects = { storage, instruments: INSTRUMENTS, judging: { judge }, standing, now };
  const results = createResults(effects, pause);
  /** The judgement of that number, once it is being made. */
  const made = async (number: number) => vi.waitUntil(() => begun[number - 1], PATIENCE);
  const judgeNow = ({ question, counts, end }: (typeof begun)[number]) =>
    end(createJudge(1)(question, counts));
  await arrive(people);
  return {
    results,
    assessment,
    arrive,
    judge,
    made,
    judgeNow,
    pause,
    storage,
    clock,
    standing,
    handle,
  };
}

/** The same once somebody has looked and waited. */
async function largeOffice() {
  const office = await slowOffice(LARGE);
  const { results, assessment, made, judgeNow, storage } = office;
  await keepSums(storage, assessment);
  const first = results.recentScores(assessment);
  judgeNow(await made(1));
  expect(told(await first)).toEqual([LARGE, 'latest']);
  return { ...office, look: async () => told(await results.recentScores(assessment)) };
}

const peopleIn = ({ instruments }: Scores) => {
  const office = instruments.find(({ instrument }) => instrument === EIT.id)?.office;
  return office?.state === 'shown' ? office.n : null;
};

const told = ({ scores, isLatest }: { scores: Scores; isLatest: boolean }) => [
  peopleIn(scores),
  isLatest ? 'latest' : 'old',
];

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

describe('over many kinds of people', () => {
  test('whoever looks is shown at once what was judged last, told as old, and the next is made behind it', async () => {
    const { results, assessment, arrive, look, made, judgeNow, judge } = await largeOffice();
    expect(await look()).toEqual([LARGE, 'latest']);
    await arrive();
    expect(await look()).toEqual([LARGE, 'old']);
    const before = results.recentRevision(assessment);
    const next = await made(2);
    await arrive();
    expect(await look()).toEqual([LARGE, 'old']);
    judgeNow(next);
    await vi.waitUntil(() => results.recentRevision(assessment) !== before, PATIENCE);
    expect(await look()).toEqual([LARGE + 1, 'old']);
    judgeNow(await made(3));
    await vi.waitUntil(async () => (await look())[1] === 'latest', PATIENCE);
    expect(await look()).toEqual([LARGE + 2, 'latest']);
    expect(judge).toHaveBeenCalledTimes(3);
  });

  test('whoever looks is shown the last also while nobody has made the sums', async () => {
    const { results, assessment, arrive, made, judgeNow } = await slowOffice(LARGE);
    const first = results.recentScores(assessment);
    judgeNow(await made(1));
    expect(told(await first)).toEqual([LARGE, 'latest']);
    await arrive();
    expect(told(await results.recentScores(assessment))).toEqual([LARGE, 'old']);
  });

  test('what is old is of the last moment at which nothing else was stored', async () => {
    const { results, assessment, arrive, look, clock } = await largeOffice();
    clock.now += 60_000;
    const seen = clock.now;
    expect(await look()).toEqual([LARGE, 'latest']);
    clock.now += 3_600_000;
    await arrive();
    expect(await results.recentScores(assessment)).toMatchObject({ asOf: seen, isLatest: false });
  });

  test('who waits for the newest is told of everything that is stored', async () => {
    const { results, assessment, arrive, look, made, judgeNow } = await largeOffice();
    await arrive();
    expect(await look()).toEqual([LARGE, 'old']);
    const waiting = results.scores(assessment);
    judgeNow(await made(2));
    expect(peopleIn(await waiting)).toBe(LARGE + 1);
  });

  test('a judgement that fails behind a look is made by the next who looks', async () => {
    const { arrive, look, made, judgeNow, judge } = await largeOffice();
    await arrive();
    await look();
    (await made(2)).fail(new CountingUnderway());
    await vi.waitUntil(async () => {
      await look();
      return judge.mock.calls.length === 3;
    }, PATIENCE);
    judgeNow(await made(3));
    await vi.waitUntil(async () => (await look())[1] === 'latest', PATIENCE);
    expect(await look()).toEqual([LARGE + 1, 'latest']);
  });

  test('a judgement waits for what the page asks for besides, and however many look, one is made', async () => {
    const { arrive, look, made, pause, judge } = await largeOffice();
    const { promise, resolve } = Promise.withResolvers<void>();
    pause.mockImplementation(async () => promise);
    await arrive();
    const old = [LARGE, 'old'];
    expect(await Promise.all([look(), look(), look()])).toEqual([old, old, old]);
    expect(pause).toHaveBeenCalledOnce();
    expect(pause.mock.calls[0]?.[0]).toBeGreaterThanOrEqual(100);
    expect(judge).toHaveBeenCalledOnce();
    resolve();
    await made(2);
    await look();
    expect(judge).toHaveBeenCalledTimes(2);
  });

  type Office = Awaited<ReturnType<typeof largeOffice>>;
  test.each<[string, (office: Office) => Promise<Partial<Assessment>> | Partial<Assessment>]>([
    ['another threshold', () => ({ suppressionThreshold: 6 })],
    [
      'another department',
      ({ assessment: { departments } }) => ({
        departments: departments.flatMap((one) => [one, { ...one, number: one.number + 10 }]),
      }),
    ],
    ['one questionnaire less', () => ({ instruments: [EIT.id] })],
    [
      'a count from the beginning',
      async ({ storage, assessment }) => {
        await storage.forgetTallies(assessment.id, EIT.id);
        return {};
      },
    ],
    [
      'fewer people',
      ({ handle }) => {
        handle.exec("update tallies set n = n - 2 where dimension = 'office'");
        return {};
      },
    ],
    [
      'a database that was put back',
      ({ standing }) => {
        standing.epoch = 'another';
        return {};
      },
    ],
  ])('with %s nothing old is shown', async (_what, change) => {
    const office = await largeOffice();
    const { results, assessment, arrive, made, judgeNow } = office;
    const changed = { ...assessment, ...(await change(office)) };
    await arrive();
    const looking = results.recentScores(changed);
    const next = await made(2);
    judgeNow(next);
    expect((await looking).isLatest).toBe(true);
    expect(next.question.threshold).toBe(changed.suppressionThreshold);
  });

  test('what was read of a database before it was put back is shown to nobody afterwards', async () => {
    const office = await slowOffice(LARGE);
    const { results, assessment, made, judgeNow, judge, standing } = office;
    const first = results.recentScores(assessment);
    const one = await made(1);
    standing.epoch = 'the second';
    judgeNow(one);
    await first;
    const looking = results.recentScores(assessment);
    judgeNow(await made(2));
    expect(told(await looking)).toEqual([LARGE, 'latest']);
    expect(judge).toHaveBeenCalledTimes(2);
  });
});

test('over few kinds of people everybody waits for the newest', async () => {
  const { results, assessment, arrive, made, judgeNow } = await slowOffice(LARGE - 2);
  const first = results.recentScores(assessment);
  judgeNow(await made(1));
  expect(told(await first)).toEqual([LARGE - 2, 'latest']);
  expect(results.recentRevision(assessment)).toBe('');
  await arrive();
  const second = results.recentScores(assessment);
  judgeNow(await made(2));
  expect(told(await second)).toEqual([LARGE - 1, 'latest']);
});
