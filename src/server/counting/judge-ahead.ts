import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Storage } from '../storage/storage.ts';
import type { Counting } from '../storage/counting.ts';
import { FEW_COMBINATIONS } from './count-responses.ts';
import type { Results } from './results.ts';
import { MOST_WHOLES, peopleIn } from './wholes.ts';

/** So often it is looked for whom nothing could be shown at once. */
const LOOK_EVERY_MS = 10 * 60_000;

/** So many assessments are asked for at once. */
const AT_ONCE = 500;

export interface JudgeAheadEffects {
  storage: Pick<Storage, 'listLives' | 'findAssessment' | 'readTallyMarkers'>;
  counting: Pick<Counting, 'basisOf'>;
  results: Pick<Results, 'scores' | 'isReady'>;
}

/** The assessments whose first look at the scores would have to wait, those of most people first. */
async function listWaiting({
  storage,
  counting,
  results,
}: JudgeAheadEffects): Promise<Assessment[]> {
  const lives = await storage.listLives();
  const used = lives.flatMap(({ id, life }) => (life.state === 'archived' ? [] : [id]));
  const large: { id: string; people: number }[] = [];
  for (let done = 0; done < used.length; done += AT_ONCE) {
    const some = used.slice(done, done + AT_ONCE);
    const markers = await storage.readTallyMarkers(some, counting);
    for (const [id, own] of Map.groupBy(markers, ({ assessment }) => assessment)) {
      const people = peopleIn(own);
      if (people > FEW_COMBINATIONS && own.every(({ state }) => state === 'counted'))
        large.push({ id, people });
    }
    await setImmediate();
  }
  const waiting: Assessment[] = [];
  for (const { id, people } of large.sort((a, b) => b.people - a.people).slice(0, MOST_WHOLES)) {
    const assessment = await storage.findAssessment(id);
    if (assessment && !results.isReady(assessment, people)) waiting.push(assessment);
  }
  return waiting;
}

/**
 * Judges over large crowds before anybody looks: at the start, and where a crowd has grown by a tenth since it was judged last. So there is
 * nearly always something to show at once. What cannot be judged now is judged the next time.
 */
export function judgeAhead(effects: JudgeAheadEffects): { end(): Promise<void> } {
  let isEnded = false;
  let looking: Promise<void> | null = null;

  async function judgeAll(): Promise<void> {
    for (const assessment of await listWaiting(effects)) {
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
