import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createLive, LOOK_EVERY_MS, MOST_AT_ONCE } from '#server/live/live.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** So many assessments with somebody at each; the first look at one is answered, later ones when the test says so. */
async function watched(many: number, revisionOf: (assessment: string) => Promise<string>) {
  const ids = Array.from({ length: many }, (_, place) => `assessment ${place}`);
  const begun = new Set<string>();
  const looks: string[] = [];
  const live = createLive({
    revisionOf: (id) => {
      if (!begun.has(id)) {
        begun.add(id);
        return Promise.resolve('at first');
      }
      looks.push(id);
      return revisionOf(id);
    },
    onLeft: () => undefined,
  });
  const told: string[] = [];
  for (const id of ids) {
    const leave = await live.follow(id, {
      session: id,
      account: id,
      onChange: () => told.push(id),
      onCrowdedOut: () => undefined,
    });
    onTestFinished(() => leave?.());
  }
  /** Of what has begun; none of it waits for a timer. */
  async function step() {
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    for (let turn = 0; turn < 10 * many; turn += 1) await setImmediate();
  }
  return { ids, looks, told, step };
}

test('only some are looked at at once, and in turn', async () => {
  const answers: (() => void)[] = [];
  const { ids, looks, told, step } = await watched(
    3 * MOST_AT_ONCE,
    () => new Promise((resolve) => answers.push(() => resolve('another'))),
  );
  await step();
  expect(looks).toEqual(ids.slice(0, MOST_AT_ONCE));
  // A step goes by, and none of them has been answered: nobody is asked twice, and those behind come next.
  await step();
  expect(looks).toEqual(ids.slice(0, MOST_AT_ONCE));
  for (let round = 2; round <= 3; round += 1) {
    for (const answer of answers.splice(0)) answer();
    await step();
    expect(looks).toEqual(ids.slice(0, round * MOST_AT_ONCE));
  }
  expect(told).toEqual(ids.slice(0, 2 * MOST_AT_ONCE));
});

test('whoever else asks has a turn between them, where the database answers without a pause', async () => {
  const { ids, looks } = await watched(100, () => Promise.resolve('at first'));
  vi.advanceTimersByTime(LOOK_EVERY_MS);
  let most = 0;
  for (let before = 0; looks.length < ids.length; before = looks.length) {
    await setImmediate();
    most = Math.max(most, looks.length - before);
  }
  expect(most).toBeLessThanOrEqual(MOST_AT_ONCE);
});

test('one that takes long is not asked again meanwhile, so that it never takes the turns of all others', async () => {
  const [slow, quick] = ['assessment 0', 'assessment 1'];
  const { looks, step } = await watched(2, (id) =>
    id === slow ? new Promise(() => undefined) : Promise.resolve('at first'),
  );
  for (let steps = 0; steps <= MOST_AT_ONCE; steps += 1) await step();
  expect(looks.filter((id) => id === slow)).toHaveLength(1);
  expect(looks.filter((id) => id === quick)).toHaveLength(MOST_AT_ONCE + 1);
});
