import { hourInBangkok } from '#core/life/day.ts';
import { kindOf } from '../error-kind.ts';
import type { Log } from '../http/effects.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tidying } from './tidying.ts';

/** How long nothing has to come before it is tidied. */
const IDLE_MS = 60 * 1000;

/** How long it waits at the most where responses keep coming. */
const LONGEST_WAIT_MS = 10 * 60 * 1000;

/** A tidying is followed by so many times its length without one: at most a fiftieth of the time goes into it. */
const REST_FACTOR = 50;

/** From one to five o'clock at night in Thailand, when a pause of some seconds disturbs nobody. */
function isNight(now: number): boolean {
  const hour = hourInBangkok(now);
  return hour >= 1 && hour < 5;
}

export interface Tidier {
  /** Something of a respondent was stored. */
  noteArrival(): void;
  /** Tidies if it is time to. Never rejects: what cannot be done now is done the next time. */
  look(): Promise<void>;
  /** Tells the log what keeps the order out of reach, where it has changed. Never rejects. */
  tellOutOfReach(): Promise<void>;
  /** When the server ends: waits for the tidying that runs, and tidies what is left if that is quick. Never rejects. */
  finish(): Promise<void>;
}

/**
 * Decides when the database is tidied: soon after the last response, now and then while they keep coming, and where there is much
 * to write, at night. What a start finds may have been left by a kill, so it counts as untidy.
 */
export function createTidier(
  tidying: Tidying,
  { now, log }: { now: () => number; log: Log },
): Tidier {
  let lastArrival = now();
  /** When the first came of what is not tidied; null where there is none. */
  let untidySince: number | null = lastArrival;
  /** The tidying that runs; null where none does. */
  let tidyingNow: Promise<void> | null = null;
  let restUntil = 0;
  let lookedAt = 0;
  let told = '';

  /** A clock that was set back puts nothing off until it is as late again. */
  function notLaterThan(time: number): void {
    lastArrival = Math.min(lastArrival, time);
    if (untidySince !== null) untidySince = Math.min(untidySince, time);
    if (time < lookedAt) restUntil = Math.min(restUntil, time);
    lookedAt = time;
  }

  function isTime(time: number): boolean {
    if (untidySince === null || tidyingNow || time < restUntil) return false;
    return time - lastArrival >= IDLE_MS || time - untidySince >= LONGEST_WAIT_MS;
  }

  async function tidyOnce(): Promise<void> {
    const before = untidySince;
    const start = now();
    // What comes meanwhile is for the next time.
    untidySince = null;
    try {
      if (!(await tidying.tidy())) untidySince = before;
    } catch (error) {
      untidySince = before;
      log.error(kindOf(error), 'the order of arrival could not be taken out of the database');
    }
    const end = now();
    restUntil = end + REST_FACTOR * (end - start);
    await tellOutOfReach();
  }

  async function tidy(): Promise<void> {
    tidyingNow = tidyOnce();
    await tidyingNow;
    tidyingNow = null;
  }

  async function tellOutOfReach(): Promise<void> {
    // A database that does not answer is told of by whoever needs it.
    const keepers = await tidying.outOfReach().catch(() => null);
    if (keepers === null || keepers.join() === told) return;
    told = keepers.join();
    if (told === '') log.info({}, 'nothing beside the tables keeps the order of arrival any more');
    else
      log.error(
        { keepers },
        'the order of arrival is kept where the server cannot take it out: see docs/deploy.md',
      );
  }

  async function isQuick(): Promise<boolean> {
    return tidying.isQuick().catch(() => false);
  }

  return {
    noteArrival() {
      lastArrival = now();
      untidySince ??= lastArrival;
    },
    async look() {
      const time = now();
      notLaterThan(time);
      if (!isTime(time)) return;
      if ((await isQuick()) || isNight(time)) {
        await tidy();
        return;
      }
      restUntil = time + IDLE_MS;
      await tidying.tidyALittle().catch(() => undefined);
    },
    tellOutOfReach,
    async finish() {
      await tidyingNow;
      if (untidySince !== null && (await isQuick())) await tidy();
    },
  };
}

/**
 * The same storage, which tells when it may have stored something of a respondent. `noteResponse`: besides, when it may be a response
 * that is to be counted.
 */
export function noticingArrivals(
  storage: Storage,
  { noteArrival, noteResponse }: { noteArrival: () => void; noteResponse: () => void },
): Storage {
  // After the commit: one that a tidying had no part in is always told after that has begun.
  const noticed = async <Result>(storing: Promise<Result>) => storing.finally(noteArrival);
  const noticedResponse = async <Result>(storing: Promise<Result>) =>
    noticed(storing).finally(noteResponse);
  return {
    ...storage,
    keepResponses: (toKeep) => noticedResponse(storage.keepResponses(toKeep)),
    moveQuarantined: (responses) => noticedResponse(storage.moveQuarantined(responses)),
    async foldResponses(...which) {
      const folded = await storage.foldResponses(...which);
      if (folded > 0) noteArrival();
      return folded;
    },
    recount: (...which) => noticed(storage.recount(...which)),
    keepDeviceReports: (reports, most) => noticed(storage.keepDeviceReports(reports, most)),
    writeOffDevice: (channels, id, isWrittenOff) =>
      noticed(storage.writeOffDevice(channels, id, isWrittenOff)),
  };
}
