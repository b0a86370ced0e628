import { expect, test, vi } from 'vitest';
import { createTidier } from '#server/tidying/tidier.ts';
import type { Tidying } from '#server/tidying/tidying.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Ten in the morning in Thailand. */
const MORNING = Date.parse('2024-11-20T03:00:00Z');

/** A server that looks every 20 seconds, as it does, at a database that takes `tookMs` to be tidied. */
function server({ isQuick = true, tookMs = 20 } = {}) {
  const clock = { now: MORNING };
  const tidied: number[] = [];
  const database = {
    isQuick: vi.fn<Tidying['isQuick']>(async () => isQuick),
    tidy: vi.fn<Tidying['tidy']>(async () => {
      tidied.push((clock.now - MORNING) / SECOND);
      clock.now += tookMs;
      return true;
    }),
    tidyALittle: vi.fn<Tidying['tidyALittle']>(async () => undefined),
    outOfReach: vi.fn<Tidying['outOfReach']>(async () => []),
  };
  const errors: string[] = [];
  const told: string[] = [];
  const log = {
    info: (_: object, words: string) => told.push(words),
    error: (_: object, words: string) => errors.push(words),
  };
  const tidier = createTidier(database, { now: () => clock.now, log });

  /** Lets time pass; with `everyMs` something comes that often. */
  async function pass(ms: number, everyMs = Infinity) {
    const start = clock.now;
    for (let after = 20 * SECOND; after <= ms; after += 20 * SECOND) {
      clock.now = Math.max(clock.now, start + after);
      if (after % everyMs === 0) tidier.noteArrival();
      await tidier.look();
    }
  }
  return { clock, tidied, database, errors, told, tidier, pass };
}

test('what a start finds is tidied when nothing has come for a minute, and not again', async () => {
  const { tidied, pass } = server();
  await pass(HOUR);
  expect(tidied).toEqual([60]);
});

test('a clock that is set back by a day puts no tidying off', async () => {
  const { clock, tidied, tidier, pass } = server({ tookMs: 10 * MINUTE });
  await pass(2 * MINUTE);
  tidier.noteArrival();
  clock.now -= 24 * HOUR;
  await pass(2 * MINUTE);
  expect(tidied).toHaveLength(2);
});

test('what came is tidied a minute after the last of it', async () => {
  const { tidied, tidier, pass } = server();
  await pass(HOUR);
  tidier.noteArrival();
  await pass(40 * SECOND);
  tidier.noteArrival();
  await pass(HOUR);
  expect(tidied).toEqual([60, 3_700]);
});

test('where responses keep coming, it is tidied every ten minutes', async () => {
  const { tidied, pass } = server();
  await pass(31 * MINUTE, 20 * SECOND);
  expect(tidied).toEqual([600, 1_220, 1_840]);
});

test('a tidying that takes long is not repeated soon', async () => {
  const { tidied, pass } = server({ tookMs: 60 * SECOND });
  await pass(2 * HOUR, 20 * SECOND);
  expect(tidied).toEqual([600, 3_660, 6_720]);
});

test('a large database has its order taken out at night, and its log emptied by day', async () => {
  const { tidied, database, tidier, pass } = server({ isQuick: false, tookMs: 5 * SECOND });
  await pass(10 * MINUTE, 20 * SECOND);
  expect(database.tidyALittle).toHaveBeenCalled();
  // One at night in Thailand is 15 hours after ten.
  await pass(24 * HOUR);
  expect(tidied).toEqual([15 * 3_600]);
  tidier.noteArrival();
  await tidier.finish();
  expect(tidied).toHaveLength(1);
});

test('what could not be done is tried again, and told', async () => {
  const { tidied, database, errors, pass } = server();
  database.tidy.mockRejectedValueOnce(new Error('busy'));
  // Another program reads.
  database.tidy.mockResolvedValueOnce(false);
  await pass(10 * MINUTE);
  expect(tidied).toEqual([100]);
  expect(errors).toHaveLength(1);
});

test('what comes while it is tidied is tidied the next time', async () => {
  const { clock, tidied, database, tidier, pass } = server();
  database.tidy.mockImplementationOnce(async () => {
    tidier.noteArrival();
    return true;
  });
  await pass(10 * MINUTE);
  expect(clock.now).toBeGreaterThan(MORNING);
  expect(tidied).toHaveLength(1);
});

test('a server that ends tidies what is left', async () => {
  const { tidied, tidier } = server();
  await tidier.finish();
  await tidier.finish();
  expect(tidied).toEqual([0]);
});

test('what keeps the order out of its reach is told once, and again only when it has changed', async () => {
  const { database, errors, told, tidier, pass } = server();
  database.outOfReach.mockResolvedValue(['wal_recycle']);
  await tidier.tellOutOfReach();
  await pass(HOUR);
  expect(errors).toHaveLength(1);
  tidier.noteArrival();
  await pass(HOUR);
  expect(errors).toHaveLength(1);
  database.outOfReach.mockRejectedValueOnce(new Error('busy'));
  await tidier.tellOutOfReach();
  expect(told).toEqual([]);
  database.outOfReach.mockResolvedValue([]);
  await tidier.tellOutOfReach();
  await tidier.tellOutOfReach();
  expect(errors).toHaveLength(1);
  expect(told).toHaveLength(1);
});
