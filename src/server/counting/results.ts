import { setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { ServerStanding } from '#core/contract/epoch.ts';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import {
  createCounter,
  FEW_COMBINATIONS,
  nameOf,
  type CountingEffects,
} from './count-responses.ts';
import { kindsIn } from './instrument-counts.ts';
import type { Question } from './judge.ts';
import type { Judging } from './judging.ts';
import { participationOf } from './participation.ts';
import { createWholes, isContinued, peopleIn, type Whole } from './wholes.ts';

/** `asOf`: milliseconds since 1970. `isLatest`: nothing is stored that is not in them; else newer ones are made. */
interface RecentScores {
  scores: Scores;
  asOf: number;
  isLatest: boolean;
}

/** What is made of an assessment's responses, for whoever is told of them. */
export interface Results {
  /** Another text where the counts have changed. @throws CountingUnderway */
  revision(assessment: Assessment): Promise<string>;
  /** @see Counter.glance */
  glance(assessment: Assessment): Promise<string>;
  /** How many answered. */
  participation(assessment: Assessment): Promise<Participation>;
  /** How many are stored, of all instruments, also those that nobody can read. */
  people(assessment: Assessment): Promise<number>;
  /** What may be shown of what they said. */
  scores(assessment: Assessment): Promise<Scores>;
  /**
   * The same at once: where judging it takes long, what was judged last, however long ago, while the newer one is made. Nothing but
   * new responses has come since.
   */
  recentScores(assessment: Assessment): Promise<RecentScores>;
  /** Names what recentScores() has to show where it may be old; another text once a newer one is there. */
  recentRevision(assessment: Assessment): string;
  /** Whether recentScores() has something to show at once, of nearly as many people. */
  isReady(assessment: Assessment, people: number): boolean;
}

/** What else a page asks for goes before the judgement that its look has begun. */
const BEGIN_AFTER_MS = 100;

/** A judgement is followed by so many times its length without one. */
const REST_FACTOR = 4;

/** What is shown at once has at least this share of the people. */
const READY_SHARE = 0.9;

export interface ResultEffects extends CountingEffects {
  judging: Pick<Judging, 'judge'>;
  standing: Pick<ServerStanding, 'epoch'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** A judgement that is being made, and the one that all wait for who asked since it began. */
interface Underway {
  /** Never fails. */
  over: Promise<unknown>;
  next: Promise<Scores> | null;
}

/** No process goes on for it. */
const pauseUnheld = async (ms: number): Promise<void> => setTimeout(ms, undefined, { ref: false });

/** Counts once for all who ask, and judges what may be shown once as long as the counts are the same. */
export function createResults(effects: ResultEffects, pause = pauseUnheld): Results {
  const { storage, judging, standing, now } = effects;
  const counter = createCounter(effects);
  const wholes = createWholes();
  const underway = new Map<string, Underway>();

  /** What decides on the scores besides the counts. A database that was put back has counts of its own. */
  const settingsOf = ({ departments, instruments, suppressionThreshold }: Assessment) =>
    JSON.stringify([
      departments.map(({ number }) => number),
      instruments,
      suppressionThreshold,
      standing.epoch,
    ]);

  async function judgeNow(assessment: Assessment): Promise<Scores> {
    const begun = performance.now();
    const asOf = now();
    // Before the counts: those of a database that is put back meanwhile are not told of as the new one's.
    const settings = settingsOf(assessment);
    const stands = await counter.standing(assessment);
    const { markers } = stands;
    const known = wholes.find(assessment.id, settings);
    if (known && nameOf(known.markers) === nameOf(markers)) return known.scores;
    const few = await counter.fewCounts(assessment, stands);
    const question: Question = {
      assessment: assessment.id,
      instruments: counter.instrumentsOf(assessment),
      departments: assessment.departments.map(({ number }) => number),
      threshold: assessment.suppressionThreshold,
    };
    const made = await judging.judge(question, few);
    const ended = performance.now();
    const whole: Whole = {
      scores: made,
      settings,
      markers,
      isQuick: few !== null && kindsIn(few) <= FEW_COMBINATIONS,
      asOf,
      restUntil: ended + REST_FACTOR * (ended - begun),
      next: null,
    };
    wholes.keep(assessment.id, whole);
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
    const name = `${assessment.id} ${settingsOf(assessment)}`;
    const known = underway.get(name);
    if (known) return (known.next ??= known.over.then(async () => begin(name, assessment)));
    return begin(name, assessment);
  }

  /** The last whole, if it may be shown although it is old. */
  function findOld(assessment: Assessment): Whole | null {
    const known = wholes.find(assessment.id, settingsOf(assessment));
    return known === null || known.isQuick ? null : known;
  }

  function makeNext(assessment: Assessment, whole: Whole): void {
    const rest = Math.max(BEGIN_AFTER_MS, whole.restUntil - performance.now());
    // What fails is tried again by the next who looks; this one has an answer.
    whole.next ??= pause(rest)
      .then(async () => scores(assessment))
      .catch(() => undefined)
      .finally(() => {
        whole.next = null;
      });
  }

  return {
    revision: async (assessment) => nameOf((await counter.standing(assessment)).markers),
    glance: async (assessment) => counter.glance(assessment),
    async participation(assessment) {
      const channels = await storage.listChannels(assessment.id);
      const [people, setAside] = await Promise.all([
        counter.people(assessment, channels),
        storage.countSetAside(channels.map(({ code }) => code)),
      ]);
      return participationOf(assessment, channels, people, setAside);
    },
    people: async (assessment) => peopleIn((await counter.standing(assessment)).markers),
    scores,
    async recentScores(assessment) {
      const asked = now();
      const markers = findOld(assessment) && (await counter.standing(assessment)).markers;
      // A newer one may be there by now.
      const whole = markers && findOld(assessment);
      if (!whole || !isContinued(whole.markers, markers))
        return { scores: await scores(assessment), asOf: asked, isLatest: true };
      const isLatest = nameOf(whole.markers) === nameOf(markers);
      if (isLatest) whole.asOf = asked;
      else makeNext(assessment, whole);
      return { scores: whole.scores, asOf: whole.asOf, isLatest };
    },
    recentRevision(assessment) {
      const whole = findOld(assessment);
      return whole ? nameOf(whole.markers) : '';
    },
    isReady(assessment, people) {
      const whole = wholes.find(assessment.id, settingsOf(assessment));
      return whole !== null && peopleIn(whole.markers) >= READY_SHARE * people;
    },
  };
}
