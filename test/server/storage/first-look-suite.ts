import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rowsOf } from '#server/counting/combination-reader.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createFolder } from '#server/counting/folder.ts';
import type { StoredCounts, StoredTallies } from '#server/storage/counting.ts';
import type { ResponseToKeep, Storage } from '#server/storage/storage.ts';
import { diceOf } from '../../chaos/dice.ts';
import { CHANNELS, OTHER_ASSESSMENT, OTHER_CHANNELS, toKeep } from '../support/any-to-keep.ts';
import { ASSESSMENT, EIT, IIT, INSTRUMENTS } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const COUNTING = createCounting(INSTRUMENTS);

const sorted = <One extends object>(all: readonly One[]) =>
  all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The same whatever the order of rows. */
const comparable = (all: readonly StoredTallies[] | null) =>
  sorted(
    (all ?? []).map(({ instrument, state, unreadable, tallies, days }) => ({
      instrument,
      state,
      unreadable,
      tallies: sorted(tallies),
      days: sorted(days.map(({ channel, day, n }) => ({ channel, day, n }))),
    })),
  );

const kindsIn = (all: readonly StoredCounts[] | null) =>
  sorted(
    (all ?? []).map(({ instrument, combinations }) => ({
      instrument,
      rows: sorted(rowsOf(combinations)),
    })),
  );

/** What a look is told where nothing was counted. `openTwo` gives two servers' storages on one empty database. */
export function describeFirstLooks(
  name: string,
  openTwo: () => Promise<readonly [Storage, Storage, ...unknown[]]>,
): void {
  describe(`first looks on ${name}`, () => {
    let storage: Storage;
    let other: Storage;

    beforeEach(async () => {
      [storage, other] = await openTwo();
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

    test('are told what the sums will say, and keep nothing of it', async () => {
      const dice = diceOf('tallies', 'few');
      await keep(CHANNELS.flatMap((channel) => [toKeep(dice, channel), toKeep(dice, channel)]));
      await keep(CHANNELS.slice(1, 3).map((channel) => ({ ...toKeep(dice, channel), body: '{' })));
      await keep(OTHER_CHANNELS.map((channel) => toKeep(dice, channel)));
      const few = await storage.countFew(ASSESSMENT.id, 10, COUNTING);
      expect(few?.map(({ unreadable }) => unreadable)).toEqual([1, 1]);
      expect(await storage.readTallies(ASSESSMENT.id, COUNTING)).toEqual([]);
      await recountToEnd(IIT.id);
      await recountToEnd(EIT.id);
      expect(comparable(few)).toEqual(
        comparable(await storage.readTallies(ASSESSMENT.id, COUNTING)),
      );
      expect(kindsIn(few)).toEqual(
        kindsIn(await storage.readFewCounts(ASSESSMENT.id, COUNTING, 100)),
      );
    });

    test('are told nothing where there are more, or where anything was counted', async () => {
      const dice = diceOf('tallies', 'not few');
      expect(await storage.countFew(ASSESSMENT.id, 8, COUNTING)).toHaveLength(2);
      await keep(CHANNELS.flatMap((channel) => [toKeep(dice, channel), toKeep(dice, channel)]));
      expect(await storage.countFew(ASSESSMENT.id, 7, COUNTING)).toBeNull();
      expect(await storage.countFew(ASSESSMENT.id, 8, COUNTING)).toHaveLength(2);
      // Not even whole.
      expect(await storage.recount(ASSESSMENT.id, IIT.id, 1, COUNTING)).toBe(false);
      expect(await storage.countFew(ASSESSMENT.id, 8, COUNTING)).toBeNull();
    });

    test('have the sums made behind them, once for all who look', async () => {
      const log = { info: () => undefined, error: () => undefined };
      const folder = createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'));
      for (const { id } of [IIT, EIT]) await storage.forgetTallies(ASSESSMENT.id, id);
      const counts = vi.spyOn(other, 'recount');
      for (let looks = 0; looks < 3; looks += 1) folder.noteLook(ASSESSMENT);
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'));
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
        await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'));
        for (const { id } of [IIT, EIT]) await storage.forgetTallies(ASSESSMENT.id, id);
        folder.noteLook(ASSESSMENT);
      }
      await vi.waitFor(async () => expect(await stateOf(EIT.id)).toBe('counted'));
      await folder.finish();
    });

    test('are told nothing by a build that does not know an instrument, nor of more channels than one statement takes', async () => {
      const dice = diceOf('tallies', 'unknown');
      await keep(CHANNELS.map((channel) => toKeep(dice, channel)));
      const older = createCounting(new Map([[IIT.id, IIT]]));
      expect(await storage.countFew(ASSESSMENT.id, 8, older)).toBeNull();
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
      expect(await storage.countFew(large.id, 8, COUNTING)).toBeNull();
    });
  });
}
