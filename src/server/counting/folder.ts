import { setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import { kindOf } from '../error-kind.ts';
import type { Log } from '../http/effects.ts';
import type { Counting } from '../storage/counting.ts';
import type { Storage } from '../storage/storage.ts';

/** So many responses are added to the tallies in one transaction: some ten milliseconds. */
export const FOLD_SLICE = 200;

/** So many where others wait for it. */
export const SHORT_FOLD_SLICE = 100;

/** So many are counted anew in one transaction, which nobody is in the middle of a rush for. */
export const RECOUNT_SLICE = 500;

/** Arrivals are folded so long after the first of them. */
const FOLD_AFTER_MS = 500;

/** What another process left when it was killed is looked for so often. */
const LOOK_EVERY_MS = 20_000;

/** What a process of a version without tallies stored, while both served, is looked for so often. */
const LOOK_FOR_MISSED_EVERY_MS = 10 * 60_000;

/** Between two slices those who send responses go first. */
const PAUSE_MS = 2;

/** A slice for which others wait is followed by so many times its length without one, while more comes: no burst of slices is what they wait for. */
const REST_FACTOR = 3;

export interface FoldingEffects {
  storage: Storage;
  counting: Counting;
  log: Log;
  /** Whether the database holds this process up while it adds, as SQLite does. */
  holdsUp: boolean;
}

export interface Folder {
  /** Something was stored that is in no tally yet. */
  noteArrival(): void;
  /** Somebody looked at an assessment of which something waits, and these instruments have no tallies. */
  noteLook(assessment: Pick<Assessment, 'id'>, uncounted: readonly string[]): void;
  /** Folds what is left, and ends. Never rejects. */
  finish(): Promise<void>;
}

async function countToEnd(
  { storage, counting }: FoldingEffects,
  isWanted: () => boolean,
  { assessment, instrument }: { assessment: string; instrument: string },
): Promise<void> {
  while (isWanted() && !(await storage.recount(assessment, instrument, RECOUNT_SLICE, counting)))
    await setTimeout(PAUSE_MS);
}

async function countMissed(effects: FoldingEffects, isWanted: () => boolean): Promise<void> {
  const { storage, counting } = effects;
  for (const missed of await storage.findMissed(counting)) {
    if (!isWanted()) return;
    await storage.forgetTallies(missed.assessment, missed.instrument);
    await countToEnd(effects, isWanted, missed);
  }
}

/** Counts anew what was never counted, or by a build that counts otherwise, until it is done or nobody wants it any more. */
async function countUncounted(effects: FoldingEffects, isWanted: () => boolean): Promise<void> {
  const { storage, counting } = effects;
  const assessments = await storage.listAssessments();
  const statesOf = async (ids: readonly string[]) => {
    const markers = await storage.readTallyMarkers(ids, counting);
    return new Map(markers.map((of) => [`${of.assessment} ${of.instrument}`, of.state]));
  };
  // Of all in one look: a country has thousands, nearly always counted.
  const begun = await statesOf(assessments.map(({ id }) => id));
  for (const { id, instruments } of assessments)
    for (const instrument of instruments) {
      const key = `${id} ${instrument}`;
      if (begun.get(key) === 'counted') continue;
      if (!isWanted()) return;
      // Minutes may have gone by, and another process may have done it.
      const state = (await statesOf([id])).get(key);
      if (state === 'foreign') await storage.forgetTallies(id, instrument);
      await countToEnd(effects, isWanted, { assessment: id, instrument });
    }
}

/**
 * Adds to the tallies what is in none yet, half a second after it came, whichever process stored it. What cannot be done now is done the
 * next time. It begins with what was never counted, which may take minutes.
 */
export function createFolder(effects: FoldingEffects): Folder {
  const { storage, counting, log, holdsUp } = effects;
  const slice = holdsUp ? SHORT_FOLD_SLICE : FOLD_SLICE;
  let isEnded = false;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  const withoutFailing = async (what: () => Promise<void>) =>
    what().catch((error: unknown) =>
      log.error(kindOf(error), 'responses could not be added to the tallies'),
    );

  let unreadable = 0;
  /** Without what it says or whose it is; told again only when it has changed. */
  async function tellUnreadable(): Promise<void> {
    const found = await storage.countUnreadable();
    if (found !== unreadable && found > 0)
      log.error(
        { responses: found },
        'stored responses cannot be read and are in no figure: docs/reliability.md says what can be done',
      );
    unreadable = found;
  }

  async function foldAll(): Promise<void> {
    for (let start = performance.now(); ; start = performance.now()) {
      if ((await storage.foldResponses(slice, counting)) < slice) return;
      const isInTheWay = holdsUp && timer !== null && !isEnded;
      await setTimeout(isInTheWay ? REST_FACTOR * (performance.now() - start) : PAUSE_MS);
    }
  }

  function work(what: () => Promise<void>): void {
    working = working.then(async () => withoutFailing(what));
  }

  let isLookWaiting = false;
  function look(): void {
    timer = null;
    // While a long one runs, one more finds all that came by then.
    if (isLookWaiting) return;
    isLookWaiting = true;
    work(async () => {
      isLookWaiting = false;
      await foldAll();
    });
  }

  const isWanted = () => !isEnded;
  /** Those that wait for their turn to be counted. */
  const lookedAt = new Set<string>();
  const lookForMissed = () =>
    work(async () => {
      await countMissed(effects, isWanted);
      await tellUnreadable();
    });

  work(async () => countUncounted(effects, isWanted));
  lookForMissed();
  // What a kill left, or came while the server started.
  work(foldAll);
  const looking = setInterval(() => {
    if (!timer) look();
  }, LOOK_EVERY_MS);
  const lookingForMissed = setInterval(lookForMissed, LOOK_FOR_MISSED_EVERY_MS);
  function noteArrival(): void {
    if (!isEnded) timer ??= globalThis.setTimeout(look, FOLD_AFTER_MS);
  }
  return {
    noteArrival,
    noteLook({ id }, uncounted) {
      noteArrival();
      if (isEnded || uncounted.length === 0 || lookedAt.has(id)) return;
      lookedAt.add(id);
      work(async () => {
        lookedAt.delete(id);
        for (const instrument of uncounted)
          await countToEnd(effects, isWanted, { assessment: id, instrument });
      });
    },
    async finish() {
      isEnded = true;
      clearInterval(looking);
      clearInterval(lookingForMissed);
      if (timer) clearTimeout(timer);
      work(foldAll);
      await working;
    },
  };
}
