import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { RollUpRow } from '#core/contract/roll-up.ts';
import { type CardEffects, readCard } from '../assessments/read-card.ts';
import { kindOf } from '../error-kind.ts';
import type { Log } from '../http/effects.ts';
import { sha256 } from '../sha256.ts';
import { isStorageUnavailable } from '../storage/storage-error.ts';
import { CountingUnderway } from './counting-underway.ts';
import type { Results } from './results.ts';

/** The offices of a branch beside each other, each as it was last judged whole. */
export interface RollUpRows {
  /**
   * What is known within a moment: an office that was not judged by then is told as it was a minute ago at most, or as being
   * counted, and judged behind the answer. So is one that cannot be judged, as by the version before its questionnaire: it holds up no other.
   */
  soon(read: ReadAssessments): Promise<RollUpRow[]>;
  /** All of them as they are now. @throws CountingUnderway, also where somebody changes settings again and again */
  whole(read: ReadAssessments): Promise<RollUpRow[]>;
}

/**
 * Those that are told of, as they are set up now. Asked once more before anything is told: judging takes a while, and a threshold that
 * was raised meanwhile, or an office that was taken out of one's reach, counts.
 */
export type ReadAssessments = () => Promise<readonly Assessment[]>;

/** Who looks waits no longer for what has to be judged anew. */
const PATIENCE_MS = 500;

/** A row that is being made anew is shown as it was for so long. */
const MOST_BEHIND_MS = 60_000;

/** So often rows of a file are made anew because somebody changed settings meanwhile; the others stay, so that a country's end too. */
const MOST_ROUNDS = 3;

/** More offices than the country has. */
const MOST_REMEMBERED = 10_000;

/** Digests, as the texts themselves are some ten kilobytes an office, and a country has thousands. */
interface Known {
  /** Of all that the row is made of. */
  key: string;
  settings: string;
  row: RollUpRow;
  /** By the process's clock: when it last was as it is stored. */
  at: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** What decides on the figures besides what is stored of the responses; a row of other settings is shown to nobody. */
const settingsOf = ({ departments, suppressionThreshold, instruments }: Assessment) =>
  sha256(JSON.stringify([departments, suppressionThreshold, instruments]));

const countingRow = ({ id, organization, life }: Assessment): RollUpRow => ({
  assessment: id,
  organization,
  life,
  ita: null,
  IIT: null,
  EIT: null,
  OIT: null,
  answered: null,
  target: null,
  towards: null,
  isCounting: true,
});

/** Remembers rows as long as nothing that they are made of has changed; one is made at a time, whoever asks. */
export function createRollUpRows(
  effects: CardEffects & { log: Log },
  results: Results,
): RollUpRows {
  const { storage, log } = effects;
  const known = new Map<string, Known>();
  const underWay = new Map<string, Promise<void>>();
  /** Those that cannot be judged, of which the log is told once: whoever looks asks for them twice a second. */
  const told = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function rowOf(assessment: Assessment): Promise<RollUpRow> {
    const { card } = await readCard(effects, assessment, await results.scores(assessment));
    const { instruments } = await results.participation(assessment);
    const scoreOf = (wanted: string) =>
      card.tools.find(({ tool }) => tool === wanted)?.score ?? null;
    const targeted = instruments.flatMap(({ n, target }) => (target === null ? [] : { n, target }));
    return {
      assessment: assessment.id,
      organization: assessment.organization,
      life: assessment.life,
      ita: card.ita,
      IIT: scoreOf('IIT'),
      EIT: scoreOf('EIT'),
      OIT: scoreOf('OIT'),
      answered: sum(instruments.map(({ n }) => n)),
      target: targeted.length === 0 ? null : sum(targeted.map(({ target }) => target)),
      towards:
        targeted.length === 0 ? null : sum(targeted.map(({ n, target }) => Math.min(n, target))),
      isCounting: false,
    };
  }

  async function renew(assessment: Assessment): Promise<void> {
    const { id } = assessment;
    const settings = settingsOf(assessment);
    const madeOf = [
      settings,
      assessment.fiscalYear,
      // Before the row is made: what comes in meanwhile makes another one necessary.
      await results.revision(assessment),
      await storage.findFigures(id),
      await storage.findChecklist(id),
    ];
    const key = sha256(JSON.stringify(madeOf));
    const before = known.get(id);
    const row = before?.key === key ? before.row : await rowOf(assessment);
    known.delete(id);
    known.set(id, { key, settings, row, at: performance.now() });
    const [oldest] = known.keys();
    if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  }

  /** One after the other, with a pause, as SQLite answers without one: whoever else asks meanwhile does not wait for all of them. */
  function renewing(assessment: Assessment): Promise<void> {
    const already = underWay.get(assessment.id);
    if (already) return already;
    const before = last;
    async function inTurn(): Promise<void> {
      await before;
      await setImmediate();
      await renew(assessment);
    }
    const own = inTurn();
    last = own.catch(() => undefined);
    const settled = own.finally(() => underWay.delete(assessment.id));
    underWay.set(assessment.id, settled);
    // Nobody may be waiting any more; who asks next tries anew.
    settled.catch(() => undefined);
    return settled;
  }

  const asItIsNow = (assessment: Assessment, { row }: Known): RollUpRow => ({
    ...row,
    organization: assessment.organization,
    life: assessment.life,
  });

  function rowKnown(assessment: Assessment): RollUpRow | null {
    const own = known.get(assessment.id);
    const isGood =
      own !== undefined &&
      own.settings === settingsOf(assessment) &&
      performance.now() - own.at <= MOST_BEHIND_MS;
    return isGood ? asItIsNow(assessment, own) : null;
  }

  /** Those that were begun before this look may miss what came since. */
  async function renewed(assessments: readonly Assessment[]): Promise<void> {
    for (const assessment of assessments) {
      await underWay.get(assessment.id)?.catch(() => undefined);
      await renewing(assessment);
    }
  }

  return {
    async soon(read) {
      const assessments = await read();
      const making = Promise.all(
        assessments.map(async (assessment) => {
          try {
            await renewing(assessment);
            told.delete(assessment.id);
          } catch (error) {
            if (isStorageUnavailable(error)) throw error;
            if (error instanceof CountingUnderway || told.has(assessment.id)) return;
            told.add(assessment.id);
            log.error(kindOf(error), 'the figures of an office could not be made');
          }
        }),
      );
      const isOver = new AbortController();
      const patience = setTimeout(PATIENCE_MS, undefined, { signal: isOver.signal });
      try {
        await Promise.race([making, patience]);
      } finally {
        isOver.abort();
        making.catch(() => undefined);
        patience.catch(() => undefined);
      }
      return (await read()).map((assessment) => rowKnown(assessment) ?? countingRow(assessment));
    },
    async whole(read) {
      const made = new Set<string>();
      let missing = await read();
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        await renewed(missing);
        for (const { id } of missing) made.add(id);
        const now = await read();
        const rowOfThis = (assessment: Assessment) => {
          const own = made.has(assessment.id) ? known.get(assessment.id) : undefined;
          return own?.settings === settingsOf(assessment) ? asItIsNow(assessment, own) : null;
        };
        missing = now.filter((assessment) => rowOfThis(assessment) === null);
        if (missing.length === 0) return now.flatMap((assessment) => rowOfThis(assessment) ?? []);
      }
      throw new CountingUnderway();
    },
  };
}
