import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import { OFFICE, talliesIn } from '#core/scoring/counts.ts';
import { createCounter, type CountingEffects, type InstrumentCounts } from './count-responses.ts';
import type { Judging } from './judging.ts';
import { participationOf } from './participation.ts';

/** What is made of an assessment's responses, for whoever is told of them. */
export interface Results {
  /** Another text where the counts have changed. @throws CountingUnderway */
  revision(assessment: Assessment): Promise<string>;
  /** How many answered. */
  participation(assessment: Assessment): Promise<Participation>;
  /** How many are stored, of all instruments, also those that nobody can read. */
  people(assessment: Assessment): Promise<number>;
  /** What may be shown of what they said. */
  scores(assessment: Assessment): Promise<Scores>;
  /** The same, or where judging it takes long what was judged last: a whole of a moment ago, while the newer one is made. */
  recentScores(assessment: Assessment): Promise<Scores>;
}

/** Who looks again and again does not wait for the judgement over more than so many combinations of people. */
const QUICK_COMBINATIONS = 300;

/** A judgement is followed by so many times its length without one. */
const REST_FACTOR = 4;

/** What was judged longer ago is shown to nobody: the first who comes in the morning does not see the scores of the evening. */
const MOST_BEHIND_MS = 2_000;

/** Of so many assessments they are remembered. */
const MOST_REMEMBERED = 100;

interface Judged {
  marker: string;
  scores: Scores;
}

/** How the latest scores of an assessment came about. `judgedAt`, `restUntil`: by the process's clock. */
interface Recent extends Judged {
  isQuick: boolean;
  judgedAt: number;
  restUntil: number;
  next: Promise<unknown> | null;
}

export interface ResultEffects extends CountingEffects {
  judging: Pick<Judging, 'judge'>;
}

/** A judgement that is being made, and the one that all wait for who asked since it began. */
interface Underway {
  /** Never fails. */
  over: Promise<unknown>;
  next: Promise<Scores> | null;
}

/** What decides on the scores besides the counts. */
const markerOf = ({ departments, suppressionThreshold }: Assessment) =>
  JSON.stringify([departments.map(({ number }) => number), suppressionThreshold]);

/** Counts once for all who ask, and judges what may be shown once as long as the counts are the same. */
export function createResults(effects: ResultEffects): Results {
  const { storage, judging } = effects;
  const counter = createCounter(effects);
  const judged = new WeakMap<InstrumentCounts[], Judged>();
  const recent = new Map<string, Recent>();
  const underway = new Map<string, Underway>();

  async function judgeNow(assessment: Assessment): Promise<Scores> {
    const start = performance.now();
    const counts = await counter.counts(assessment);
    const marker = markerOf(assessment);
    const known = judged.get(counts);
    if (known?.marker === marker) return known.scores;
    const departments = assessment.departments.map(({ number }) => number);
    const made = await judging.judge({
      assessment: assessment.id,
      counts,
      departments,
      threshold: assessment.suppressionThreshold,
    });
    judged.set(counts, { marker, scores: made });
    const end = performance.now();
    const tookMs = end - start;
    recent.delete(assessment.id);
    recent.set(assessment.id, {
      marker,
      scores: made,
      isQuick: counts.every(({ combinations }) => combinations.kinds <= QUICK_COMBINATIONS),
      judgedAt: end,
      restUntil: end + REST_FACTOR * tookMs,
      next: null,
    });
    const [oldest] = recent.keys();
    if (recent.size > MOST_REMEMBERED && oldest !== undefined) recent.delete(oldest);
    return made;
  }

  async function begin(name: string, assessment: Assessment): Promise<Scores> {
    const made = judgeNow(assessment);
    const own: Underway = { over: made.catch(() => undefined), next: null };
    underway.set(name, own);
    void own.over.then(() => own.next === null && underway.delete(name));
    return made;
  }

  /** Everything is in it that was stored when it was asked for: who asks while one is made waits for the one that begins then. */
  async function scores(assessment: Assessment): Promise<Scores> {
    const name = `${assessment.id} ${markerOf(assessment)}`;
    const known = underway.get(name);
    if (known) return (known.next ??= known.over.then(async () => begin(name, assessment)));
    return begin(name, assessment);
  }

  return {
    revision: (assessment) => counter.marker(assessment),
    async participation(assessment) {
      const people = await counter.people(assessment);
      const channels = await storage.listChannels(assessment.id);
      const setAside = await storage.countSetAside(channels.map(({ code }) => code));
      return participationOf(assessment, channels, people, setAside);
    },
    async people(assessment) {
      const people = await counter.people(assessment);
      return people.reduce(
        (sum, own) => sum + own.unreadable + talliesIn(own.instrument, own).of(OFFICE).n,
        0,
      );
    },
    scores,
    async recentScores(assessment) {
      const latest = recent.get(assessment.id);
      const now = performance.now();
      if (!latest || latest.isQuick || latest.marker !== markerOf(assessment))
        return scores(assessment);
      if (now > latest.judgedAt + MOST_BEHIND_MS) return scores(assessment);
      if (now > latest.restUntil)
        // What fails is tried again by the next who asks; this one has an answer.
        latest.next ??= setImmediate()
          .then(async () => scores(assessment))
          .catch(() => undefined)
          .finally(() => {
            latest.next = null;
          });
      return latest.scores;
    },
  };
}
