import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rowsOf } from '#server/counting/combination-reader.ts';
import { createCounter } from '#server/counting/count-responses.ts';
import { CountingUnderway } from '#server/counting/counting-underway.ts';
import { createCounting } from '#server/counting/counting.ts';
import type { InstrumentCounts } from '#server/counting/instrument-counts.ts';
import type { ResponseToKeep, Storage } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { type Dice, diceOf } from '../../chaos/dice.ts';
import { CHANNELS, toKeep } from '../support/any-to-keep.ts';
import { ASSESSMENT, EIT, IIT, INSTRUMENTS } from '../support/fixtures.ts';
import { storedCounts } from '../support/judge-stored.ts';

const COUNTING = createCounting(INSTRUMENTS);

const RESPONSES = 40;

/** One of each instrument. */
const USED = CHANNELS.filter(({ department }) => department === null);

const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();

/** What was sent, and how much of that was acknowledged, by instrument. */
class Sent {
  readonly #sent = new Map<string, ResponseToKeep[]>(
    USED.map(({ instrument }) => [instrument, []]),
  );
  readonly #acknowledged = new Map<string, number>();

  async send(instrument: string, response: ResponseToKeep, storage: Storage): Promise<void> {
    const all = this.#sent.get(instrument) ?? [];
    all.push(response);
    await storage.keepResponses({ responses: [response], quarantined: [] });
    this.#acknowledged.set(instrument, all.length);
  }

  acknowledged = (instrument: string) => this.#acknowledged.get(instrument) ?? 0;

  sent = (instrument: string) => this.#sent.get(instrument)?.length ?? 0;

  /** What a count says of the first so many that were sent. */
  countFirst(instrument: string, n: number) {
    const begun = COUNTING.begin();
    for (const response of this.#sent.get(instrument)?.slice(0, n) ?? [])
      begun.add({
        ...response,
        display: response.display ?? null,
        organization: '',
        assessment: ASSESSMENT.id,
        instrument,
      });
    const { instruments, days } = begun.counted();
    return {
      tallies: sorted(instruments[0]?.tallies ?? []),
      combinations: sorted(instruments[0]?.combinations ?? []),
      days: sorted(days.map(({ day, n: ofDay }) => ({ day, n: ofDay }))),
    };
  }
}

const anyInstrument = (dice: Dice) => dice.pick([IIT.id, EIT.id]);

/** Each combination once. */
function kindsIn({ combinations }: InstrumentCounts) {
  const kinds = new Map<string, number>();
  for (const { combination, n } of combinations.texts.length === 0 ? [] : rowsOf(combinations))
    kinds.set(combination, (kinds.get(combination) ?? 0) + n);
  return sorted([...kinds].map(([combination, n]) => ({ combination, n })));
}

const peopleIn = ({ tallies }: Pick<InstrumentCounts, 'tallies'>) =>
  tallies.find(({ dimension }) => dimension === 'office')?.tally.n ?? 0;

/** `n`: of how many people. */
interface Told {
  instrument: string;
  n: number;
  tallies: string[];
  combinations?: string[];
  days?: string[];
}

const toldOf = (all: readonly InstrumentCounts[] | null): Told[] =>
  (all ?? []).map((own) => ({
    instrument: own.instrument.id,
    n: peopleIn(own),
    tallies: sorted(own.tallies),
    combinations: kindsIn(own),
  }));

/** What looks are told while responses come. `openTwo` gives two servers' storages on one empty database, and that. */
export function describeMomentsOfLooks(
  name: string,
  openTwo: () => Promise<readonly [Storage, Storage, Kysely<Tables>, ...unknown[]]>,
): void {
  async function office(seed: number) {
    const [one, other, database] = await openTwo();
    onTestFinished(async () => {
      await one.close();
      await other.close();
    });
    await one.createAssessment(ASSESSMENT, CHANNELS);
    const storages = [one, other];
    const counters = storages.map((storage) =>
      createCounter({ storage, instruments: INSTRUMENTS, standing: { epoch: 'one' } }),
    );
    const question = {
      assessment: ASSESSMENT.id,
      instruments: [EIT, IIT],
      departments: [],
      threshold: 5,
    };
    const sent = new Sent();

    /** Notes where what a look is told is not what had been stored at some moment since it began. */
    const wrong: unknown[] = [];
    async function look(read: () => Promise<Told[]>): Promise<void> {
      const before = new Map(
        USED.map((own) => [own.instrument, sent.acknowledged(own.instrument)]),
      );
      for (const { instrument, n, ...told } of await read()) {
        const [least, most] = [before.get(instrument) ?? 0, sent.sent(instrument)];
        const counted = sent.countFirst(instrument, n);
        if (n < least || n > most || !isDeepStrictEqual({ ...counted, ...told }, counted))
          wrong.push({ instrument, least, n, most, told });
      }
    }

    /** As the thread that judges, which does not wait for a count anew. */
    const judged = async () =>
      storedCounts(database, question).then(toldOf, (error: unknown) => {
        if (error instanceof CountingUnderway) return [];
        throw error;
      });

    const looks = [
      judged,
      ...counters.flatMap((counter, at) => [
        async () => {
          const channels = (await storages[at]?.listChannels(ASSESSMENT.id)) ?? [];
          const people = await counter.people(ASSESSMENT, channels);
          return people.map(({ instrument, tallies, days }) => ({
            instrument: instrument.id,
            n: peopleIn({ tallies }),
            tallies: sorted(tallies),
            days: sorted(days),
          }));
        },
        async () => toldOf(await counter.fewCounts(ASSESSMENT, await counter.standing(ASSESSMENT))),
      ]),
    ];

    /** What others do to the sums, one of it at a time on each server. */
    const acts: ((dice: Dice, storage: Storage) => Promise<unknown>)[] = [
      async (dice, storage) => storage.foldResponses(dice.between(1, 9), COUNTING),
      async (dice, storage) =>
        storage.recount(ASSESSMENT.id, anyInstrument(dice), dice.between(5, 30), COUNTING),
      async (dice, storage) =>
        dice.chance(0.3) && storage.forgetTallies(ASSESSMENT.id, anyInstrument(dice)),
    ];
    const dice = (of: string, at: number) => diceOf('moments', name, seed, of, at);
    return { storages, sent, look, wrong, looks, acts, dice };
  }

  describe(`looks on ${name} while responses come`, () => {
    test.each([1, 2])(
      'are told what was stored at one moment, whoever folds and counts anew (seed %i)',
      async (seed) => {
        const { storages, sent, look, wrong, looks, acts, dice } = await office(seed);
        const over = new AbortController();
        const whileTheyCome = async (work: () => Promise<unknown>) => {
          while (!over.signal.aborted) {
            await work();
            await setImmediate();
          }
          await work();
        };
        const senders = USED.map(async (channel, at) => {
          const own = dice('sender', at);
          for (let number = 0; number < RESPONSES; number += 1) {
            await sent.send(channel.instrument, toKeep(own, channel), own.pick(storages));
            for (let turns = own.between(0, 9); turns > 0; turns -= 1) await setImmediate();
          }
        });
        const others = [
          ...looks.map((read) => async () => look(read)),
          ...storages.map((storage, at) => {
            const own = dice('other', at);
            return async () => own.pick(acts)(own, storage);
          }),
        ].map(whileTheyCome);
        await Promise.all([Promise.all(senders).finally(() => over.abort()), ...others]);
        expect(wrong).toEqual([]);
      },
    );
  });
}
