import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Instrument } from '#core/instruments/instrument.ts';
import { createCounting } from '#server/counting/counting.ts';
import { readCombination } from '#core/scoring/combinations.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { rowsOf } from '#server/counting/combination-reader.ts';
import { createFolder } from '#server/counting/folder.ts';
import { createJudging } from '#server/counting/judging.ts';
import { recountAll } from '#server/counting/recount.ts';
import { createResults } from '#server/counting/results.ts';
import { createPlaces, placed } from '#server/storage/places.ts';
import { selectCounts } from '#server/storage/counted-rows.ts';
import type { DatabaseToRead } from '#server/storage/open-to-read.ts';
import type { ResponseToKeep, Storage } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { fillSums } from '../../bench/preview/fill.ts';
import { diceOf } from '../../chaos/dice.ts';
import { ASSESSMENT, EIT, IIT, INSTRUMENTS, NEXT_IIT } from '../support/fixtures.ts';
import { CHANNELS, OTHER_ASSESSMENT, OTHER_CHANNELS, toKeep } from '../support/any-to-keep.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { PATIENCE } from '../../support/patience.ts';
import { describeMomentsOfLooks } from './look-moments-suite.ts';
import { describeLooks } from './look-suite.ts';

const COUNTING = createCounting(INSTRUMENTS);
const NOTHING = { onProgress: () => undefined };

/** How tallies are kept. `openTwo` gives two servers' storages on one empty database, that, and where a thread finds it. */
export function describeTallies(
  name: string,
  openTwo: () => Promise<readonly [Storage, Storage, Kysely<Tables>, DatabaseToRead]>,
): void {
  describeLooks(name, openTwo);
  describeMomentsOfLooks(name, openTwo);
  describe(`tallies on ${name}`, () => {
    let storage: Storage;
    let other: Storage;
    let database: Kysely<Tables>;
    let toRead: DatabaseToRead;

    beforeEach(async () => {
      [storage, other, database, toRead] = await openTwo();
      await storage.createAssessment(ASSESSMENT, CHANNELS);
      await storage.createAssessment(OTHER_ASSESSMENT, OTHER_CHANNELS);
    });

    afterEach(async () => {
      await storage.close();
      await other.close();
    });

    const keep = (responses: readonly ResponseToKeep[]) =>
      storage.keepResponses({ responses, quarantined: [] });

    async function recountToEnd(assessment = ASSESSMENT.id, instrument = IIT.id) {
      while (!(await storage.recount(assessment, instrument, 3, COUNTING)));
    }

    async function foldAll() {
      while ((await storage.foldResponses(500, COUNTING)) > 0);
    }

    const countOf = async (instrument: Instrument) => {
      const markers = await storage.readTallyMarkers([ASSESSMENT.id], COUNTING);
      return markers.find((one) => one.instrument === instrument.id)?.n ?? 0;
    };

    /** What a count of all that is stored says of every tally. */
    async function checks(): Promise<string[]> {
      const found: string[] = [];
      for (const { id, instruments } of await storage.listAssessments())
        for (const instrument of instruments)
          found.push(await storage.checkTallies(id, instrument, COUNTING));
      return [...new Set(found)].sort();
    }

    test('of an assessment whose year is corrected, and its responses, stay where they are for every server', async () => {
      const dice = diceOf('corrected years', name);
      const [channel] = CHANNELS;
      if (!channel) throw new Error('no channel');
      const first = [toKeep(dice, channel), toKeep(dice, channel)];
      await keep(first);
      const corrected = { ...ASSESSMENT, fiscalYear: 2577 };
      expect(await storage.updateAssessment(ASSESSMENT, corrected, [])).toBe('done');
      // One of them has looked up where the channel lies before, the other has not.
      const later = toKeep(dice, channel);
      for (const server of [storage, other]) {
        expect(await server.keepResponses({ responses: first, quarantined: [] })).toEqual([
          'duplicate',
          'duplicate',
        ]);
        expect(await server.listResponseIds(channel.code)).toHaveLength(2);
      }
      expect(await other.keepResponses({ responses: [later], quarantined: [] })).toEqual([
        'accepted',
      ]);
      expect(await storage.countResponses([channel.code])).toEqual(new Map([[channel.code, 3]]));
      await recountToEnd();
      await foldAll();
      expect(await countOf(IIT)).toBe(3);
      expect(await storage.checkTallies(ASSESSMENT.id, IIT.id, COUNTING)).toBe('right');
      expect(await other.findMissed(COUNTING)).toEqual([]);
      await storage.updateAssessment(corrected, { ...corrected, deletedOn: '2025-01-01' }, []);
      expect(await other.removeDeleted('2025-02-01', '2025-02-01T00:00:00Z')).toBe(1);
      expect(await database.selectFrom('responses').select('id').execute()).toEqual([]);
    });

    test.each([1, 2, 3, 4, 5, 6])(
      'are what a count of all says, whatever comes, moves and is folded by whom in which order (seed %i)',
      async (seed) => {
        const dice = diceOf('tallies', name, seed);
        const channels = [...CHANNELS, ...OTHER_CHANNELS];
        const sent: ResponseToKeep[] = [];
        const setAside: ResponseToKeep[] = [];
        const anyStorage = () => dice.pick([storage, other]);
        const fresh = () =>
          Array.from({ length: dice.between(1, 6) }, () => toKeep(dice, dice.pick(channels)));
        const acts: Record<string, () => Promise<unknown>> = {
          arrive: async () => {
            const again = sent.length > 0 && dice.chance(0.4) ? [dice.pick(sent)] : [];
            const responses = [...fresh(), ...again];
            sent.push(...responses);
            await anyStorage().keepResponses({ responses, quarantined: [] });
          },
          setAside: async () => {
            const responses = fresh();
            setAside.push(...responses);
            const quarantined = responses.map(({ display: _display, ...row }) => ({
              ...row,
              protocol: 9,
            }));
            await anyStorage().keepResponses({ responses: [], quarantined });
          },
          move: async () => {
            const moved = setAside.splice(0, dice.between(1, 8));
            await anyStorage().moveQuarantined(moved);
          },
          fold: async () => anyStorage().foldResponses(dice.between(1, 9), COUNTING),
          foldOwn: async () =>
            anyStorage().foldResponses(
              dice.between(1, 9),
              COUNTING,
              dice.pick(channels).assessment,
            ),
          recount: async () => {
            const { assessment, instrument } = dice.pick(channels);
            return anyStorage().recount(assessment, instrument, dice.between(1, 9), COUNTING);
          },
          forget: async () => {
            if (dice.chance(0.8)) return;
            const { assessment, instrument } = dice.pick(channels);
            await anyStorage().forgetTallies(assessment, instrument);
          },
          close: async () => {
            const { code } = dice.pick(channels);
            await anyStorage().changeChannel(code, { state: dice.pick(['open', 'closed']) });
          },
        };
        for (let round = 0; round < 40; round += 1)
          await Promise.all(
            Array.from({ length: 4 }, async () => acts[dice.pick(Object.keys(acts))]?.()),
          );
        await Promise.all([foldAll(), storage.moveQuarantined(setAside)]);
        for (const { assessment, instrument } of channels)
          await recountToEnd(assessment, instrument);
        await foldAll();

        expect(await checks()).toEqual(['right']);
        const stored = await storage.countResponses(CHANNELS.map(({ code }) => code));
        expect((await countOf(IIT)) + (await countOf(EIT))).toBe(
          [...stored.values()].reduce((sum, n) => sum + n, 0),
        );
      },
    );

    test('of responses from before there were any are counted in slices, while more come', async () => {
      const dice = diceOf('tallies', 'before');
      await keep(Array.from({ length: 20 }, () => toKeep(dice, dice.pick(CHANNELS.slice(0, 2)))));
      // Folding leaves to the recount what was never counted.
      expect(await storage.foldResponses(500, COUNTING)).toBe(20);
      expect(await countOf(IIT)).toBe(0);
      while (!(await storage.recount(ASSESSMENT.id, IIT.id, 3, COUNTING)))
        await keep([toKeep(dice, dice.pick(CHANNELS.slice(0, 2)))]);
      await foldAll();
      expect(await checks()).toEqual(['right', 'uncounted']);
      expect(await countOf(IIT)).toBeGreaterThan(25);
    });

    test('of what lies in several channels and fits into one slice are whole after that', async () => {
      const dice = diceOf('tallies', 'several channels');
      await keep(CHANNELS.flatMap((channel) => [toKeep(dice, channel), toKeep(dice, channel)]));
      expect(await storage.recount(ASSESSMENT.id, IIT.id, 500, COUNTING)).toBe(true);
      expect(await countOf(IIT)).toBe(4);
      // A slice that is just full may have some behind it.
      expect(await storage.recount(ASSESSMENT.id, EIT.id, 4, COUNTING)).toBe(false);
      expect(await storage.recount(ASSESSMENT.id, EIT.id, 4, COUNTING)).toBe(true);
      expect(await checks()).toEqual(['right', 'uncounted']);
      expect(await storage.foldResponses(500, COUNTING)).toBe(0);
    });

    test('of one assessment are made without what came for others', async () => {
      const dice = diceOf('tallies', 'own');
      const [one] = CHANNELS;
      const [foreign] = OTHER_CHANNELS;
      if (!one || !foreign) throw new Error('no channel');
      await recountToEnd();
      await recountToEnd(OTHER_ASSESSMENT.id, EIT.id);
      await keep([toKeep(dice, one), toKeep(dice, foreign), toKeep(dice, one)]);
      const waiting = async () => {
        const soFar = [
          ...(await storage.readSoFar(ASSESSMENT.id, COUNTING, 500)),
          ...(await storage.readSoFar(OTHER_ASSESSMENT.id, COUNTING, 500)),
        ];
        return soFar.map((own) => own.waiting);
      };
      // Of the EIT and the IIT of the one, and the EIT of the other.
      expect(await waiting()).toEqual([0, 2, 1]);
      expect(await storage.foldResponses(500, COUNTING, ASSESSMENT.id)).toBe(2);
      expect(await countOf(IIT)).toBe(2);
      expect(await waiting()).toEqual([0, 0, 1]);
      expect(await storage.foldResponses(500, COUNTING)).toBe(1);
      expect(await waiting()).toEqual([0, 0, 0]);
    });

    test('that are wrong are found by a recount, and counted anew', async () => {
      const dice = diceOf('tallies', 'wrong');
      await recountToEnd();
      const [one] = CHANNELS;
      if (!one) throw new Error('no channel');
      await keep(Array.from({ length: 9 }, () => toKeep(dice, one)));
      await foldAll();
      // Nothing of the storage doubles a tally; a broken counter stands for whatever might.
      const doubling: typeof COUNTING = {
        ...COUNTING,
        begin() {
          const counting = COUNTING.begin();
          return {
            ...counting,
            add(row) {
              counting.add(row);
              counting.add(row);
            },
          };
        },
      };
      await keep([toKeep(dice, one)]);
      await storage.foldResponses(500, doubling);
      expect(await countOf(IIT)).toBe(11);
      const told: string[] = [];
      const wrong = await recountAll(
        { storage, instruments: INSTRUMENTS },
        {
          ...NOTHING,
          onResult: ({ instrument, fiscalYear, check }) =>
            told.push(`${fiscalYear} ${instrument} ${check}`),
        },
      );
      expect(wrong).toBe(1);
      expect(told).toContain('2568 iit-2567 wrong');
      expect(await countOf(IIT)).toBe(10);
      expect(await checks()).toEqual(['right']);
    });

    test('of a build that counts otherwise are left alone, with what comes meanwhile', async () => {
      const dice = diceOf('tallies', 'foreign');
      const [one] = CHANNELS;
      if (!one) throw new Error('no channel');
      await recountToEnd();
      const later = createCounting(
        new Map([...INSTRUMENTS, [IIT.id, { ...NEXT_IIT, id: IIT.id }]]),
      );
      await keep([toKeep(dice, one)]);
      expect(await storage.foldResponses(500, later)).toBe(0);
      expect(await storage.recount(ASSESSMENT.id, IIT.id, 500, later)).toBe(true);
      const soFar = await storage.readSoFar(ASSESSMENT.id, later, 500);
      expect(soFar.find(({ instrument }) => instrument === IIT.id)?.state).toBe('foreign');
      expect(
        await storage.readCounts(ASSESSMENT.id, soFar, later, { most: 500, kinds: 0 }),
      ).toBeNull();
      expect(await storage.foldResponses(500, COUNTING)).toBe(1);
      expect(await countOf(IIT)).toBe(1);
    });

    test('miss what a process of a version without them stores, until that is found and counted', async () => {
      const dice = diceOf('tallies', 'missed');
      const [one] = CHANNELS;
      if (!one) throw new Error('no channel');
      await recountToEnd();
      await keep(Array.from({ length: 5 }, () => toKeep(dice, one)));
      await storage.foldResponses(3, COUNTING);
      expect(await storage.findMissed(COUNTING)).toEqual([]);
      const { display: _display, ...row } = toKeep(dice, one);
      const places = await createPlaces(database)([one.code]);
      const [missed] = placed([{ ...row, display: null }], places);
      if (!missed) throw new Error('nothing to miss');
      await database.insertInto('responses').values(missed).execute();
      await foldAll();
      expect(await countOf(IIT)).toBe(5);
      expect(await storage.findMissed(COUNTING)).toEqual([
        { assessment: ASSESSMENT.id, instrument: IIT.id },
      ]);
      const log = { info: () => undefined, error: () => undefined };
      const folder = createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      await vi.waitFor(async () => expect(await countOf(IIT)).toBe(6), PATIENCE);
      await folder.finish();
      expect(await storage.findMissed(COUNTING)).toEqual([]);
      expect(await checks()).toEqual(expect.not.arrayContaining(['wrong']));
    });

    test('are looked at in one statement at a start, however many assessments there are, and what is uncounted is counted', async () => {
      const dice = diceOf('tallies', 'start');
      const [one, , eit] = CHANNELS;
      if (!one || !eit) throw new Error('no channel');
      await recountToEnd();
      await keep([toKeep(dice, one), toKeep(dice, eit)]);
      const looks = vi.spyOn(other, 'readTallyMarkers');
      const log = { info: () => undefined, error: () => undefined };
      const start = () => createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      const first = start();
      await vi.waitFor(async () => expect(await checks()).toEqual(['right']), PATIENCE);
      await first.finish();
      expect([await countOf(IIT), await countOf(EIT)]).toEqual([1, 1]);
      looks.mockClear();
      await start().finish();
      expect(looks.mock.calls.map(([ids]) => ids.length)).toEqual([2]);
    });

    test('are found through what another build counts, however much of that waits', async () => {
      const dice = diceOf('tallies', 'held up');
      const [iit, , eit] = CHANNELS;
      if (!iit || !eit) throw new Error('no channel');
      const older = createCounting(new Map([...INSTRUMENTS].filter(([id]) => id !== IIT.id)));
      await recountToEnd();
      await recountToEnd(ASSESSMENT.id, EIT.id);
      // As ids come: those of the other build's are the first of all.
      const waiting = Array.from({ length: 12 }, (_, number) => ({
        ...toKeep(dice, iit),
        id: numberedUuid(number),
      }));
      await keep(waiting);
      await keep(Array.from({ length: 4 }, () => toKeep(dice, eit)));
      expect(await storage.foldResponses(3, older)).toBe(3);
      expect(await storage.foldResponses(3, older)).toBe(1);
      expect(await storage.foldResponses(3, older)).toBe(0);
      expect([await countOf(IIT), await countOf(EIT)]).toEqual([0, 4]);
      await foldAll();
      expect([await countOf(IIT), await countOf(EIT)]).toEqual([12, 4]);
      expect(await checks()).toEqual(['right', 'uncounted']);
    });

    test('leave out a response that cannot be read, count the others, and a recount says the same', async () => {
      const dice = diceOf('tallies', 'unreadable');
      const [one] = CHANNELS;
      if (!one) throw new Error('no channel');
      await recountToEnd();
      const came = Array.from({ length: 5 }, () => toKeep(dice, one));
      await keep(came);
      const [torn, empty] = came;
      for (const [damaged, body] of [
        [torn, torn?.body.slice(0, 40)],
        [empty, '{}'],
      ] as const)
        await database
          .updateTable('responses')
          .set({ body: body ?? '' })
          .where('id', '=', damaged?.id ?? '')
          .execute();
      await foldAll();
      const figures = async () => ({
        people: await countOf(IIT),
        unreadable: await storage.countUnreadable(),
      });
      expect(await figures()).toEqual({ people: 3, unreadable: 2 });
      expect(await storage.findMissed(COUNTING)).toEqual([]);
      expect(await checks()).toEqual(['right', 'uncounted']);
      await storage.forgetTallies(ASSESSMENT.id, IIT.id);
      await recountToEnd();
      expect(await figures()).toEqual({ people: 3, unreadable: 2 });

      const told: object[] = [];
      const log = { info: () => undefined, error: (fields: object) => told.push(fields) };
      const folder = createFolder({ storage: other, counting: COUNTING, log, holdsUp: false });
      await folder.finish();
      expect(told).toEqual([{ responses: 2 }]);
      // Mended, it is found by a recount.
      await database
        .updateTable('responses')
        .set({ body: torn?.body ?? '' })
        .where('id', '=', torn?.id ?? '')
        .execute();
      expect(await checks()).toEqual(expect.arrayContaining(['wrong']));
    });

    test('of thousands of kinds of people are read whole, and judged by another thread as in one', async () => {
      const organization = (await storage.organizationOf(ASSESSMENT.id)) ?? '';
      const named = { organization, assessment: ASSESSMENT.id, channel: 'EEEEEEEE' };
      await recountToEnd(ASSESSMENT.id, EIT.id);
      const filled = await fillSums(database, named, { responses: 2_500, crowd: 'unlike' });
      expect(filled.combinations).toBeGreaterThan(2_000);
      const soFar = await storage.readSoFar(ASSESSMENT.id, COUNTING, 500);
      const limits = { most: 500, kinds: 2_000 };
      const few = await storage.readCounts(ASSESSMENT.id, soFar, COUNTING, limits);
      expect(few?.map(({ combinations }) => combinations)).toEqual([null, null]);
      const stored = await selectCounts(database, ASSESSMENT.id, COUNTING);
      const eit = stored?.find(({ instrument }) => instrument === EIT.id);
      if (!eit) throw new Error('the EIT is not counted');
      const rows = await database
        .selectFrom('combinations')
        .select(['combination', 'n'])
        .where('instrument', '=', EIT.id)
        .execute();
      const sorted = rows.toSorted((a, b) => (a.combination < b.combination ? -1 : 1));
      expect(
        rowsOf(eit.combinations).toSorted((a, b) => (a.combination < b.combination ? -1 : 1)),
      ).toEqual(sorted);
      expect(eit.combinations.kinds).toBe(rows.length);

      const judging = createJudging(toRead, (error) => {
        throw error;
      });
      onTestFinished(async () => judging.close());
      const results = createResults({
        storage,
        instruments: INSTRUMENTS,
        judging,
        standing: { epoch: 'one' },
        now: () => 0,
      });
      const assessment = { ...ASSESSMENT, instruments: [EIT.id] };
      const combinations = sorted.map(({ combination, n }) => readCombination(EIT, combination, n));
      expect(await results.scores(assessment)).toEqual(
        scoresOf(
          [{ instrument: EIT, counts: { tallies: eit.tallies, combinations } }],
          assessment.departments.map(({ number }) => number),
          assessment.suppressionThreshold,
        ),
      );
    });

    test('go with their assessment', async () => {
      const dice = diceOf('tallies', 'removed');
      const [one] = CHANNELS;
      if (!one) throw new Error('no channel');
      await recountToEnd();
      await keep(Array.from({ length: 5 }, () => toKeep(dice, one)));
      await storage.foldResponses(3, COUNTING);
      await storage.updateAssessment(ASSESSMENT, { ...ASSESSMENT, deletedOn: '2024-11-20' }, []);
      await storage.removeDeleted('2024-11-20', '2024-12-21T00:00:00Z');
      expect(await storage.foldResponses(500, COUNTING)).toBe(2);
      expect(await storage.readTallyMarkers([ASSESSMENT.id], COUNTING)).toEqual([]);
    });
  });
}
