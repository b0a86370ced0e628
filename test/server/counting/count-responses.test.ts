import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CountingEffects, createCounter } from '#server/counting/count-responses.ts';
import { CountingUnderway } from '#server/counting/counting-underway.ts';
import { createCounting } from '#server/counting/counting.ts';
import { recountAll } from '#server/counting/recount.ts';
import type { Storage } from '#server/storage/storage.ts';
import { EIT, envelope, IIT, INSTRUMENTS, response } from '../support/fixtures.ts';
import { keepSums } from '../support/keep-sums.ts';
import { createTestServer } from '../support/test-server.ts';

const COUNTING = createCounting(INSTRUMENTS);

async function counting() {
  const { storage, createChannel, resultsOf } = await createTestServer();
  const { assessment, code } = await createChannel(IIT.id);
  await resultsOf([1, 2, 3].map((id) => envelope(id, code, response(IIT))));
  await keepSums(storage, assessment);
  const read = vi.spyOn(storage, 'readCounts');
  const standing = { epoch: 'the first' };
  const onWaiting = vi.fn<NonNullable<CountingEffects['onWaiting']>>();
  const counter = createCounter({ storage, instruments: INSTRUMENTS, standing, onWaiting });
  const counted = async () => counter.people(assessment, await storage.listChannels(assessment.id));
  const people = async () => (await counted())[0]?.days[0]?.n ?? 0;
  const more = () => resultsOf([envelope(4, code, response(IIT))]);
  const few = async () => counter.fewCounts(assessment, await counter.standing(assessment));
  return { storage, assessment, counted, people, few, more, read, standing, onWaiting };
}

test('everybody who asks while nothing comes in is told of one count', async () => {
  const { counted, read } = await counting();
  const [one, other] = await Promise.all([counted(), counted()]);
  expect(other).toBe(one);
  const reads = read.mock.calls.length;
  expect(await counted()).toBe(one);
  expect(read).toHaveBeenCalledTimes(reads);
});

test('nothing that was counted in a database is told of another that was put in its place', async () => {
  const { counted, standing } = await counting();
  const before = await counted();
  standing.epoch = 'the second';
  expect(await counted()).not.toBe(before);
});

test('what came in since is counted', async () => {
  const { people, more } = await counting();
  expect(await people()).toBe(3);
  await more();
  expect(await people()).toBe(4);
});

test('what came in a rush is counted whole, with turns for everybody else', async () => {
  const { storage, createAssessment, resultsOf } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const codeOf = (id: string) => channels.find(({ instrument }) => instrument === id)?.code ?? '';
  await resultsOf([
    envelope(1, codeOf(IIT.id), response(IIT)),
    envelope(2, codeOf(EIT.id), response(EIT)),
  ]);
  const counter = createCounter({ storage, instruments: INSTRUMENTS, standing: { epoch: 'one' } });
  const counted = async () => counter.people(assessment, await storage.listChannels(assessment.id));
  await keepSums(storage, assessment);
  await counted();
  for (let sent = 0; sent < 600; sent += 100)
    await resultsOf(
      Array.from({ length: 100 }, (_, index) =>
        envelope(sent + index + 3, codeOf(IIT.id), response(IIT)),
      ),
    );
  const over = new AbortController();
  let turns = 0;
  const others = async () => {
    for (; !over.signal.aborted; turns += 1) await setImmediate();
  };
  const asking = others();
  const people = await counted();
  over.abort();
  await asking;
  const iit = people.find(({ instrument }) => instrument.id === IIT.id);
  expect(iit?.days.map(({ n }) => n)).toEqual([601]);
  // Whoever asks for something else meanwhile has a turn between the slices.
  expect(turns).toBeGreaterThan(3);
});

test('what a recount puts right is told, though as many people are counted as before', async () => {
  const { storage, handle, createChannel, resultsOf } = await createTestServer();
  const { assessment, code } = await createChannel(IIT.id);
  await resultsOf([1, 2, 3].map((id) => envelope(id, code, response(IIT))));
  const counter = createCounter({ storage, instruments: INSTRUMENTS, standing: { epoch: 'one' } });
  const people = async () => {
    const channels = await storage.listChannels(assessment.id);
    return (await counter.people(assessment, channels))[0]?.days[0]?.n;
  };
  await keepSums(storage, assessment);
  expect(await people()).toBe(3);
  // Whatever made them wrong was noticed by nobody.
  handle.exec('update day_counts set n = n + 4');
  await resultsOf([envelope(4, code, response(IIT))]);
  expect(await people()).toBe(8);
  const silent = { onProgress: () => undefined, onResult: () => undefined };
  expect(await recountAll({ storage, instruments: INSTRUMENTS }, silent)).toBe(1);
  expect(await people()).toBe(4);
});

test('a count that failed is not remembered', async () => {
  const { people, read } = await counting();
  read.mockRejectedValueOnce(new Error('the disk is gone'));
  await expect(people()).rejects.toThrow('the disk is gone');
  expect(await people()).toBe(3);
});

test.each(['readSoFar', 'readCounts'] as const)(
  'what another process forgets before %s, to count it anew, is counted for the look',
  async (step) => {
    const { storage, assessment, people, few, more } = await counting();
    await more();
    for (const look of [people, async () => (await few())?.[0]?.tallies[0]?.tally.n]) {
      await keepSums(storage, assessment);
      const before = { ...storage };
      const forget = async () => storage.forgetTallies(assessment.id, IIT.id);
      const once: Record<typeof step, Partial<Storage>> = {
        readSoFar: {
          readSoFar: async (...asked) => forget().then(() => before.readSoFar(...asked)),
        },
        readCounts: {
          readCounts: async (...asked) => forget().then(() => before.readCounts(...asked)),
        },
      };
      Object.assign(storage, once[step]);
      expect(await look()).toBe(4);
      Object.assign(storage, before);
    }
  },
);

test('a look at what came since writes nothing, and has it added behind it', async () => {
  const { storage, assessment, people, more, onWaiting } = await counting();
  await more();
  const folds = vi.spyOn(storage, 'foldResponses');
  const counts = vi.spyOn(storage, 'recount');
  expect(await people()).toBe(4);
  expect([folds, counts].map((spied) => spied.mock.calls.length)).toEqual([0, 0]);
  expect(onWaiting).toHaveBeenCalledExactlyOnceWith(assessment, []);
  expect(await storage.foldResponses(10, COUNTING)).toBe(1);
  expect(await people()).toBe(4);
  expect(onWaiting).toHaveBeenCalledOnce();
});

test('whoever looks while a count anew does not end is told so', async () => {
  const { storage, assessment, people } = await counting();
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  await storage.forgetTallies(assessment.id, IIT.id);
  await storage.recount(assessment.id, IIT.id, 1, COUNTING);
  vi.spyOn(storage, 'recount').mockImplementation(async () => {
    vi.advanceTimersByTime(1_000);
    return false;
  });
  await expect(people()).rejects.toThrow(CountingUnderway);
});

/** An office that so many answered, and nobody has looked at. */
async function unseen(people: number) {
  const { storage, createAssessment, resultsOf } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const code = channels.find(({ instrument }) => instrument === IIT.id)?.code ?? '';
  let sent = 0;
  const arrive = async (count: number) => {
    const numbers = Array.from({ length: count }, () => (sent += 1));
    while (numbers.length > 0)
      await resultsOf(
        numbers.splice(0, 100).map((number) => envelope(number, code, response(IIT))),
      );
  };
  await arrive(people);
  const onWaiting = vi.fn<NonNullable<CountingEffects['onWaiting']>>();
  const standing = { epoch: 'one' };
  const counter = createCounter({ storage, instruments: INSTRUMENTS, standing, onWaiting });
  const look = async () =>
    (await counter.people(assessment, await storage.listChannels(assessment.id))).map(({ days }) =>
      days.reduce((sum, { n }) => sum + n, 0),
    );
  const isKept = async () => (await storage.readTallyMarkers([assessment.id], COUNTING)).length > 0;
  return { storage, assessment, counter, arrive, look, isKept, onWaiting };
}

describe('where nobody has looked yet', () => {
  test('a look is told of all that is stored, waits for no sums, and has them made', async () => {
    const { assessment, arrive, look, isKept, onWaiting } = await unseen(3);
    expect(await look()).toEqual([3, 0]);
    expect(await isKept()).toBe(false);
    expect(onWaiting).toHaveBeenCalledWith(assessment, [EIT.id, IIT.id]);
    await arrive(2);
    expect(await look()).toEqual([5, 0]);
  });

  test('a look at what another has counted reads no answer again', async () => {
    const { storage, look } = await unseen(3);
    const reads = vi.spyOn(storage, 'readCounts');
    await look();
    expect(await look()).toEqual([3, 0]);
    expect(reads).toHaveBeenCalledOnce();
  });

  test('the same is told once the sums are there, by the same numbers', async () => {
    const { storage, assessment, counter, look, onWaiting } = await unseen(7);
    const numbers = async () =>
      (await counter.standing(assessment)).markers.map(({ count: _count, ...own }) => own);
    const [before, numbersBefore] = [await look(), await numbers()];
    await keepSums(storage, assessment);
    onWaiting.mockClear();
    expect(await look()).toEqual(before);
    expect(await numbers()).toEqual(numbersBefore);
    expect(onWaiting).not.toHaveBeenCalled();
  });

  test('a look at more than are counted in a moment makes the sums itself', async () => {
    const { look, isKept, onWaiting } = await unseen(501);
    expect(await look()).toEqual([501, 0]);
    expect(await isKept()).toBe(true);
    expect(onWaiting).not.toHaveBeenCalled();
  });
});
