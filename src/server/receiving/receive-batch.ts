import type { BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { DeviceProblem } from '#core/contract/device-problem.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { dayInBangkok } from '../day.ts';
import type { KnownSealKeys } from '../sealing/known-seal-keys.ts';
import type { Keeping, ResponseToKeep, SetAsideEnvelope, Storage } from '../storage/storage.ts';
import { isChannelGone } from '../storage/storage-error.ts';
import type { CodeUse, UsedCode } from './code-use.ts';
import { judgeEnvelope, type Judgement, type JudgingContext, toKeep } from './judge-envelope.ts';
import { createDisplaySecrets } from './display-secrets.ts';
import { type ChannelsByCode, createKnownChannels } from './known-channels.ts';
import type { EnvelopeReading } from './read-envelope.ts';

export interface ReceivingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
  sealKeys: Pick<KnownSealKeys, 'openSealed'>;
  codeUse: Pick<CodeUse, 'count'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** One envelope on its way: refused, or to be kept. `code`: that of a display, in time, that it came by. */
type Step =
  | { state: 'refused'; id: string | null; problem: DeviceProblem }
  | { state: 'to-keep'; response: ResponseToKeep; code: UsedCode | null }
  | { state: 'to-quarantine'; response: SetAsideEnvelope; problem: DeviceProblem };

/** Codes of another time are told apart already, so only those are told that pass for somebody at the counter. */
function codeUsed(
  channel: string,
  judged: Extract<Judgement, { judgement: 'keep' }>,
  assessment: string | undefined,
): UsedCode | null {
  const { admission, display } = judged;
  if (display !== 'display' || admission?.by !== 'display' || assessment === undefined) return null;
  return { assessment, channel, window: admission.window };
}

async function judge(envelope: Envelope, context: JudgingContext, day: string): Promise<Step> {
  const { id, protocol, channel, digest, body } = envelope;
  const judged = await judgeEnvelope(envelope, context);
  if (judged.judgement === 'refuse') return { state: 'refused', id, problem: judged.problem };
  const row = { id, channel, day };
  const came = { protocol, digest, body };
  if (judged.judgement === 'quarantine')
    return { state: 'to-quarantine', response: { ...row, ...came }, problem: judged.problem };
  const code = codeUsed(channel, judged, context.channel?.assessment);
  return { state: 'to-keep', response: toKeep(row, came, judged), code };
}

/** Whether it may be kept by what storage says now of its channel. Whether a seal opens does not depend on that. */
const isDoubtful = (step: Step | undefined): boolean =>
  step?.state === 'refused' && step.problem.code !== 'seal-broken';

function resultOf(id: string, keeping: Keeping): BatchResult {
  if (keeping === 'accepted' || keeping === 'duplicate' || keeping === 'conflict')
    return { id, result: keeping };
  return { id, result: 'uncounted', problem: problemOf(keeping) };
}

/** The results in the order of the steps; `keepings` are those of the steps to keep, in the same order. */
function resultsOf(steps: readonly Step[], keepings: readonly Keeping[]): BatchResult[] {
  const remaining = keepings.values();
  return steps.map((step): BatchResult => {
    if (step.state === 'refused') return { id: step.id, result: 'refused', problem: step.problem };
    if (step.state === 'to-quarantine')
      return { id: step.response.id, result: 'quarantined', problem: step.problem };
    const keeping = remaining.next();
    if (keeping.done) throw new Error('storage told of fewer responses than it was given');
    return resultOf(step.response.id, keeping.value);
  });
}

/** The codes of the channels that they name, each once. */
function channelsOf(readings: readonly EnvelopeReading[]): string[] {
  const readable = readings.filter((reading) => reading.state === 'readable');
  return [...new Set(readable.map(({ envelope }) => envelope.channel))];
}

/** Receives the elements of a batch, as they were read; resolves to one result for each, in the order they came. */
export type ReceiveBatch = (readings: readonly EnvelopeReading[]) => Promise<BatchResult[]>;

/**
 * Judges every element of a batch alone and keeps what is to be kept in one transaction. What it makes resolves after the
 * commit, and rejects with the storage's error; then nothing of the batch was kept.
 */
export function createReceiver({
  storage,
  sealKeys,
  codeUse,
  instruments,
  now,
}: ReceivingEffects): ReceiveBatch {
  const knownChannels = createKnownChannels(storage);
  const findDisplaySecrets = createDisplaySecrets(storage);
  const { openSealed } = sealKeys;

  async function judgeBy(
    readings: readonly EnvelopeReading[],
    channels: ChannelsByCode,
  ): Promise<Step[]> {
    const came = now();
    const day = dayInBangkok(came);
    const secrets = await findDisplaySecrets(channelsOf(readings));
    const steps = readings.map(async (reading): Promise<Step> => {
      if (reading.state === 'refused') return reading;
      const code = reading.envelope.channel;
      const channel = channels.get(code) ?? null;
      const secret = secrets.get(code);
      const display = secret === undefined ? null : { secret, now: came };
      return judge(reading.envelope, { instruments, channel, openSealed, display }, day);
    });
    return Promise.all(steps);
  }

  /** By what storage says now. */
  async function judgeAnew(readings: readonly EnvelopeReading[]): Promise<Step[]> {
    return judgeBy(readings, await knownChannels.lookUp(channelsOf(readings)));
  }

  /** By what is remembered; only what that would refuse is judged anew. */
  async function judgeAll(readings: readonly EnvelopeReading[]): Promise<Step[]> {
    const steps = await judgeBy(readings, await knownChannels.recall(channelsOf(readings)));
    const doubtful = readings.filter(
      ({ state }, place) => state === 'readable' && isDoubtful(steps[place]),
    );
    if (doubtful.length === 0) return steps;
    const judged = await judgeAnew(doubtful);
    const anew = new Map(doubtful.map((reading, place) => [reading, judged[place]]));
    return steps.map((step, place) => {
      const reading = readings[place];
      return (reading && anew.get(reading)) ?? step;
    });
  }

  async function keep(steps: readonly Step[]): Promise<BatchResult[]> {
    const responses = steps.filter((step) => step.state === 'to-keep');
    const quarantined = steps.filter((step) => step.state === 'to-quarantine');
    if (responses.length + quarantined.length === 0) return resultsOf(steps, []);
    const keepings = await storage.keepResponses({
      responses: responses.map(({ response }) => response),
      quarantined: quarantined.map(({ response }) => response),
    });
    const results = resultsOf(steps, keepings);
    for (const [place, step] of steps.entries())
      if (step.state === 'to-keep' && step.code && results[place]?.result === 'accepted')
        codeUse.count(step.code);
    return results;
  }

  return async function receiveBatch(readings) {
    try {
      return await keep(await storage.expecting(judgeAll(readings)));
    } catch (error) {
      if (!isChannelGone(error)) throw error;
      return keep(await judgeAnew(readings));
    }
  };
}
