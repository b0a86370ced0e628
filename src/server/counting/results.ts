import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { createCounter, type CountingEffects, type InstrumentCounts } from './count-responses.ts';
import { participationOf } from './participation.ts';

/** What is made of an assessment's responses, for whoever is told of them. */
export interface Results {
  /** How many answered. */
  participation(assessment: Assessment): Promise<Participation>;
  /** What may be shown of what they said. */
  scores(assessment: Assessment): Promise<Scores>;
}

/** Counts once for all who ask, and judges what may be shown once as long as the counts are the same. */
export function createResults(effects: CountingEffects): Results {
  const { storage } = effects;
  const countResponses = createCounter(effects);
  const judged = new WeakMap<InstrumentCounts[], { marker: string; scores: Scores }>();

  return {
    async participation(assessment) {
      const counts = await countResponses(assessment);
      const channels = await storage.listChannels(assessment.id);
      const setAside = await storage.countSetAside(channels.map(({ code }) => code));
      return participationOf(assessment, channels, counts, setAside);
    },
    async scores(assessment) {
      const counts = await countResponses(assessment);
      const departments = assessment.departments.map(({ number }) => number);
      const threshold = assessment.suppressionThreshold;
      const marker = JSON.stringify([departments, threshold]);
      const known = judged.get(counts);
      if (known?.marker === marker) return known.scores;
      const scores = scoresOf(counts, departments, threshold);
      judged.set(counts, { marker, scores });
      return scores;
    },
  };
}
