import { setImmediate } from 'node:timers/promises';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Problem } from '#core/contract/problem.ts';
import type { Retry, SetAside } from '#core/contract/set-aside.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { addDays, beginOfDay } from '#core/life/day.ts';
import { createOpenSealed } from '../sealing/open-sealed.ts';
import type {
  ResponseToKeep,
  SetAsideEnvelope,
  SetAsidePage,
  Storage,
} from '../storage/storage.ts';
import { createDisplaySecrets } from './display-secrets.ts';
import { judgeEnvelope, type Judgement, toKeep } from './judge-envelope.ts';

const PAGE_SIZE = 200;

export interface SetAsideEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
}

/** All that `read` gives of the channels, a page at a time. Requests that come in meanwhile do not wait for the end. */
export async function* pagesOf<Row extends { id: string; digest: string }>(
  read: (page: SetAsidePage) => Promise<Row[]>,
  channels: readonly string[],
): AsyncGenerator<Row[]> {
  for (const channel of channels) {
    let after: SetAsidePage['after'] = null;
    for (;;) {
      const page: Row[] = await read({ channel, after, limit: PAGE_SIZE });
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (!last || page.length < PAGE_SIZE) break;
      after = { id: last.id, digest: last.digest };
      await setImmediate();
    }
  }
}

/** Judges what is in quarantine by what this build knows now. */
async function createJudge({ storage, instruments }: SetAsideEffects, assessment: Assessment) {
  const departmentNumbers = new Set(assessment.departments.map(({ number }) => number));
  const channels = await storage.listChannels(assessment.id);
  // Asked for once, not for each of thousands of envelopes.
  const sealSecret = await storage.findSealSecret(assessment.id);
  const openSealed = createOpenSealed({ findSealSecret: () => Promise.resolve(sealSecret) });
  const secrets = await createDisplaySecrets(storage)(channels.map(({ code }) => code));
  const known = new Map(
    channels.map(({ code, instrument, department }) => [
      code,
      { assessment: assessment.id, instrument, department, departmentNumbers },
    ]),
  );
  return {
    codes: channels.map(({ code }) => code),
    judge: (envelope: SetAsideEnvelope): Promise<Judgement> => {
      const channel = known.get(envelope.channel) ?? null;
      // It came on that day, nobody knows when.
      const now = beginOfDay(addDays(envelope.day, 1));
      const secret = secrets.get(envelope.channel);
      return judgeEnvelope(envelope, {
        instruments,
        channel,
        openSealed,
        display: secret === undefined ? null : { secret, now },
      });
    },
  };
}

/** What is set aside of an assessment, in numbers; each quarantined envelope is judged anew. */
export async function summarizeSetAside(
  effects: SetAsideEffects,
  assessment: Assessment,
): Promise<SetAside> {
  const { storage } = effects;
  const { codes, judge } = await createJudge(effects, assessment);
  const groups = new Map<string, { channel: string; problem: Problem | null; count: number }>();
  for await (const rows of pagesOf((page) => storage.readQuarantine(page), codes))
    for (const quarantined of rows) {
      const judged = await judge(quarantined);
      const problem = judged.judgement === 'keep' ? null : judged.problem;
      const { channel } = quarantined;
      const key = `${channel} ${problem?.code} ${problem?.detail}`;
      groups.set(key, { channel, problem, count: (groups.get(key)?.count ?? 0) + 1 });
    }
  const conflicts = await storage.countConflicts(codes);
  return {
    quarantined: [...groups.values()],
    conflicts: codes.flatMap((channel) => {
      const count = conflicts.get(channel);
      return count === undefined ? [] : [{ channel, count }];
    }),
    uncounted: await storage.countUncounted(codes),
  };
}

function rowToKeep(
  { id, channel, day, protocol, digest, body }: SetAsideEnvelope,
  judged: Extract<Judgement, { judgement: 'keep' }>,
): ResponseToKeep {
  return toKeep({ id, channel, day }, { protocol, digest, body }, judged);
}

/**
 * Counts what this build would have kept if it came today: a page of quarantined envelopes at a time moves to the responses
 * (or, with another body under a known id, to the conflicts) in one transaction. Everything else stays where it is.
 */
export async function retryQuarantined(
  effects: SetAsideEffects,
  assessment: Assessment,
): Promise<Retry> {
  const { storage } = effects;
  const { codes, judge } = await createJudge(effects, assessment);
  const retry: Retry = { counted: 0, duplicates: 0, conflicts: 0, uncounted: 0, remaining: 0 };
  for await (const rows of pagesOf((page) => storage.readQuarantine(page), codes)) {
    const known: ResponseToKeep[] = [];
    for (const quarantined of rows) {
      const judged = await judge(quarantined);
      if (judged.judgement === 'keep') known.push(rowToKeep(quarantined, judged));
    }
    if (known.length === 0) continue;
    const { accepted, duplicate, conflict, uncounted } = await storage.moveQuarantined(known);
    retry.counted += accepted;
    retry.duplicates += duplicate;
    retry.conflicts += conflict;
    retry.uncounted += uncounted;
  }
  const { quarantined } = await storage.countSetAside(codes);
  return { ...retry, remaining: quarantined };
}

/** Counts what a new build understands of all that older ones set aside; tells what was moved. */
export async function retryAllQuarantined(effects: SetAsideEffects): Promise<Retry> {
  const total: Retry = { counted: 0, duplicates: 0, conflicts: 0, uncounted: 0, remaining: 0 };
  const { storage } = effects;
  for (const id of await storage.listQuarantined()) {
    const assessment = await storage.findAssessment(id);
    if (!assessment) continue;
    const retry = await retryQuarantined(effects, assessment);
    total.counted += retry.counted;
    total.duplicates += retry.duplicates;
    total.conflicts += retry.conflicts;
    total.uncounted += retry.uncounted;
    total.remaining += retry.remaining;
  }
  return total;
}
