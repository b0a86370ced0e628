import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rowsOf } from '#server/counting/combination-reader.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createFolder } from '#server/counting/folder.ts';
import { selectCounts } from '#server/storage/counted-rows.ts';
import type { StoredCounts } from '#server/storage/counting.ts';
import type { ResponseToKeep, Storage } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { diceOf } from '../../chaos/dice.ts';
import { CHANNELS, OTHER_ASSESSMENT, OTHER_CHANNELS, toKeep } from '../support/any-to-keep.ts';
import { ASSESSMENT, EIT, IIT, INSTRUMENTS } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { PATIENCE } from '../../support/patience.ts';

const COUNTING = createCounting(INSTRUMENTS);

const sorted = <One extends object>(all: readonly One[]) =>
  all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The same whatever the order of rows. */
const comparable = (all: readonly StoredCounts[] | null) =>
  all?.map(({ instrument, unreadable, tallies, days, combinations }) => ({
    instrument,
    unreadable,
    tallies: sorted(tallies),
    days: sorted(days),
    kinds: combinations && sorted(rowsOf(combinations)),
  }));

/** Ten responses; two of them cannot be read. */
const some = (dice: ReturnType<typeof diceOf>) => [
  ...CHANNELS.flatMap((channel) => [toKeep(dice, channel), toKeep(dice, channel)]),
  ...CHANNELS.slice(1, 3).map((channel) => ({ ...toKeep(dice, channel), body: '{' })),
];

/** What a look is told. `openTwo` gives two servers' storages on one empty database, and that. */
export function describeLooks(
  name: string,
  openTwo: () => Promise<readonly [Storage, Storage, Kysely<Tables>, ...unknown[]]>,
): void {
  describe(`looks on ${name}`, () => {
    let storage: Storage;
    let other: Storage;
    let database: Kysely<Tables>;

    beforeEach(async () => {
      [storage, other, database] = await openTwo();
      await storage.createAssessment(ASSESSMENT, CHANNELS);
      await storage.createAssessment(OTHER_ASSESSMENT, OTHER_CHANNELS);
    });

    afterEach(async () => {
      await storage.close();
      await other.close();
    });

    const keep = (responses: readonly ResponseToKeep[]) =>
      storage.keepResponses({ responses, quarantined: [] });

    async function recountToEnd(instrument: string) {
      while (!(await storage.recount(ASSESSMENT.id, instrument, 3, COUNTING)));
    }

    const stateOf = async (instrument: string) => {
      const markers = await storage.readTallyMarkers([ASSESSMENT.id], COUNTING);
      return markers.find((marker) => marker.instrument === instrument)?.state ?? 'uncounted';
    };

    const soFar = async () => storage.readSoFar(ASSESSMENT.id, COUNTING, 20);

    const read = async (known: Awaited<ReturnType<typeof soFar>>, most = 20) =>
      storage.readCounts(ASSESSMENT.id, known, COUNTING, { most, kinds: 100 });

    const look = async () => comparable(await read(await soFar()));

    test('are told what the sums will say, and keep nothing of it', async () => {
      const dice = diceOf('tallies', 'few');
      await keep(some(dice));
      await keep(OTHER_CHANNELS.map((channel) => toKeep(dice, channel)));
      const first = await look();
      expect(first?.map(({ unreadable }) => unreadable)).toEqual([1, 1]);
      expect(await storage.readTallyMarkers([ASSESSMENT.id], COUNTING)).toEqual([]);
      await recountToEnd(IIT.id);
      // One of the two has sums.
      expect(await look()).toEqual(first);
      await recountToEnd(EIT.id);
      expect(await look()).toEqual(first);
      expect(await storage.checkTallies(ASSESSMENT.id, IIT.id, COUNTING)).toBe('right');
    });

    test('are told what waits beside the sums with them, and fold nothing', async () => {
      const dice = diceOf('tallies', 'beside');
      await keep(some(dice));
      await recountToEnd(IIT.id);
      await recountToEnd(EIT.id);
      await keep(some(dice));
      await keep(OTHER_CHANNELS.map((channel) => toKeep(dice, channel)));
      const before = await soFar();
      expect(before.map(({ stored, waiting }) => [stored, waiting])).toEqual([
        [10, 5],
        [10, 5],
      ]);
      const told = await look();
      expect(told?.map(({ unreadable }) => unreadable)).toEqual([2, 2]);
      expect(await storage.foldResponses(500, COUNTING)).toBe(11);
      expect(await look()).toEqual(told);
      // What is counted is told apart by the same numbers as before.
      expect((await soFar()).map(({ stored, count }) => [stored, count])).toEqual(
        before.map(({ stored, count }) => [stored, count]),
      );
    });

    test('are told nothing where more waits, or where it is counted anew since they began', async () => {
      const dice = diceOf('tallies', 'not few');
      expect(await look()).toHaveLength(2);
      await keep(some(dice));
      expect(await read(await soFar(), 9)).toBeNull();
      expect(await read(await soFar(), 10)).toHaveLength(2);
      const uncounted = await soFar();
      // Not even whole.
      expect(await storage.recount(ASSESSMENT.id, IIT.id, 1, COUNTING)).toBe(false);
      expect(await read(uncounted)).toBeNull();
      expect(await read(await soFar())).toBeNull();
      await recountToEnd(IIT.id);
      expect(await read(uncounted)).toBeNull();
      const counted = await soFar();
      expect(await read(counted)).toHaveLength(2);
      await storage.forgetTallies(ASSESSMENT.id, IIT.id);
      expect(await read(counted)).toBeNull();
    });

    test('of the thread that judges are told the same as all others', async () => {
      const dice = diceOf('tallies', 'thread');
      const judged = async () =>
        (await selectCounts(database, ASSESSMENT.id, COUNTING))?.map(({ instrument, tallies }) => ({
          instrument,
          tallies: sorted(tallies),
        }));
      await keep(some(dice));
      await recountToEnd(IIT.id);
      await recountToEnd(EIT.id);
      await keep(some(dice));
      const told = (await look())?.map(({ instrument, tallies }) => ({ instrument, tallies }));
      expect(await judged()).toEqual(told);
      await storage.forgetTallies(ASSESSMENT.id, IIT.id);
      expect(await judged()).toEqual(told);
      // Nobody is told of a half.
      await storage.recount(ASSESSMENT.id, IIT.id, 1, COUNTING);
      expect(await judged()).toBeUndefined();
    });

    test('have the sums made behind them, once for all who look', async () => {
      const log = { info: () => undefined, error: () => undefined };
      const folder = createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'), PATIENCE);
      for (const { id } of [IIT, EIT]) await storage.forgetTallies(ASSESSMENT.id, id);
      const counts = vi.spyOn(other, 'recount');
      for (let looks = 0; looks < 3; looks += 1)
        folder.noteLook(ASSESSMENT, ASSESSMENT.instruments);
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'), PATIENCE);
      await folder.finish();
      expect(counts.mock.calls.map(([id, instrument]) => [id, instrument])).toEqual(
        ASSESSMENT.instruments.map((instrument) => [ASSESSMENT.id, instrument]),
      );
      expect(await stateOf(IIT.id)).toBe('counted');
    });

    test('have them made again where they were forgotten since', async () => {
      const log = { info: () => undefined, error: () => undefined };
      const folder = createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      for (let times = 0; times < 2; times += 1) {
        await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'), PATIENCE);
        for (const { id } of [IIT, EIT]) await storage.forgetTallies(ASSESSMENT.id, id);
        folder.noteLook(ASSESSMENT, ASSESSMENT.instruments);
      }
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'), PATIENCE);
      await folder.finish();
    });

    test('are told by nobody of an instrument that the build does not know, and of more channels than one statement takes that much waits', async () => {
      const dice = diceOf('tallies', 'unknown');
      await keep(CHANNELS.map((channel) => toKeep(dice, channel)));
      const older = createCounting(new Map([[IIT.id, IIT]]));
      const states = await storage.readSoFar(ASSESSMENT.id, older, 8);
      expect(states.map(({ state }) => state)).toEqual(['foreign', 'uncounted']);
      const large = { ...ASSESSMENT, id: numberedUuid(902), fiscalYear: 2570 };
      const channels = OTHER_CHANNELS.flatMap((channel) =>
        // SQLite takes no more parts of a statement than 500.
        Array.from({ length: 501 }, (_, number) => ({
          ...channel,
          code: String(number).padStart(8, '0'),
          assessment: large.id,
        })),
      );
      await storage.createAssessment(large, channels);
      expect(await storage.readSoFar(large.id, COUNTING, 8)).toMatchObject([{ waiting: 9 }]);
      expect(await selectCounts(database, large.id, COUNTING)).toBeNull();
      await storage.recount(large.id, EIT.id, 500, COUNTING);
      const counted = await storage.readSoFar(large.id, COUNTING, 8);
      const limits = { most: 8, kinds: 100 };
      expect(await storage.readCounts(large.id, counted, COUNTING, limits)).toHaveLength(1);
    });
  });
}
