import { setImmediate } from 'node:timers/promises';
import type { Storage } from '../storage/storage.ts';
import type { Counting } from '../storage/counting.ts';
import { QUICK_COMBINATIONS, type Results } from './results.ts';
import { MOST_WHOLES, peopleIn } from './wholes.ts';

/** So often it is looked for whom nothing could be shown at once. */
const LOOK_EVERY_MS = 10 * 60_000;

/** So many assessments are asked for at once. */
const AT_ONCE = 500;

export interface JudgeAheadEffects {
  storage: Pick<Storage, 'listAssessments' | 'readTallyMarkers'>;
  counting: Pick<Counting, 'basisOf'>;
  results: Pick<Results, 'scores' | 'isReady'>;
}

/** The assessments whose first look at the scores would have to wait, those of most people first. */
async function listWaiting({ storage, counting, results }: JudgeAheadEffects) {
  const all = await storage.listAssessments();
  const used = all.filter(({ deletedOn, life }) => deletedOn === null && life.state !== 'archived');
  const waiting: { assessment: (typeof used)[number]; people: number }[] = [];
  for (let done = 0; done < used.length; done += AT_ONCE) {
    const some = used.slice(done, done + AT_ONCE);
    const markers = await storage.readTallyMarkers(
      some.map(({ id }) => id),
      counting,
    );
    const byAssessment = Map.groupBy(markers, ({ assessment }) => assessment);
    for (const assessment of some) {
      const own = byAssessment.get(assessment.id) ?? [];
      const people = peopleIn(own);
      if (people > QUICK_COMBINATIONS && own.every(({ state }) => state === 'counted'))
        waiting.push({ assessment, people });
    }
    await setImmediate();
  }
  return waiting
    .sort((a, b) => b.people - a.people)
    .slice(0, MOST_WHOLES)
    .filter(({ assessment, people }) => !results.isReady(assessment, people));
}

/**
 * Judges over large crowds before anybody looks: at the start, and where a crowd has grown by a tenth since it was judged last. So there is
 * nearly always something to show at once. What cannot be judged now is judged the next time.
 */
export function judgeAhead(effects: JudgeAheadEffects): { end(): Promise<void> } {
  let isEnded = false;
  let looking: Promise<void> | null = null;

  async function judgeAll(): Promise<void> {
    for (const { assessment } of await listWaiting(effects)) {
      if (isEnded) return;
      await effects.results.scores(assessment).catch(() => undefined);
      await setImmediate();
    }
  }

  function look(): void {
    looking ??= judgeAll()
      .catch(() => undefined)
      .finally(() => {
        looking = null;
      });
  }

  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    async end() {
      isEnded = true;
      clearInterval(timer);
      await looking;
    },
  };
}
