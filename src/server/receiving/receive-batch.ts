import type { BatchResult } from '#core/contract/batch.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Problem } from '#core/contract/problem.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { dayInBangkok } from '../day.ts';
import type { Keeping, Storage, StoredResponse } from '../storage/storage.ts';
import { judgeEnvelope, type JudgingContext } from './judge-envelope.ts';
import { readEnvelope } from './read-envelope.ts';

export interface ReceivingEffects {
  storage: Storage;
  instruments: ReadonlyMap<string, Instrument>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** One envelope on its way: refused, or to be kept. */
type Step =
  | { state: 'refused'; id: string | null; problem: Problem }
  | { state: 'to-keep'; response: StoredResponse }
  | { state: 'to-quarantine'; response: StoredResponse; problem: Problem };

/** The channels that the envelopes name, by code. */
async function channelsOf(
  storage: Storage,
  envelopes: readonly Envelope[],
): Promise<Map<string, NonNullable<JudgingContext['channel']>>> {
  const codes = [...new Set(envelopes.map(({ channel }) => channel))];
  const channels = await storage.findChannels(codes);
  const assessmentIds = [...new Set(channels.map(({ assessment }) => assessment))];
  const assessments = await Promise.all(assessmentIds.map((id) => storage.findAssessment(id)));
  const departmentNumbers = new Map(
    assessments
      .filter((assessment) => assessment !== null)
      .map(({ id, departments }) => [id, new Set(departments.map(({ number }) => number))]),
  );
  return new Map(
    channels.map(({ code, instrument, department, assessment }) => [
      code,
      {
        instrument,
        department,
        departmentNumbers: departmentNumbers.get(assessment) ?? new Set<number>(),
      },
    ]),
  );
}

function judge(envelope: Envelope, context: JudgingContext, day: string): Step {
  const { id, channel, digest, body } = envelope;
  const response = { id, channel, day, digest, body };
  const judged = judgeEnvelope(envelope, context);
  if (judged.judgement === 'keep') return { state: 'to-keep', response };
  if (judged.judgement === 'quarantine')
    return { state: 'to-quarantine', response, problem: judged.problem };
  return { state: 'refused', id, problem: judged.problem };
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
    return { id: step.response.id, result: keeping.value };
  });
}

/**
 * Judges every element of a batch alone and keeps what is to be kept in one transaction. Resolves after the commit, with
 * one result for each element in the order they came.
 *
 * @throws the storage's error; then nothing of the batch was kept
 */
export async function receiveBatch(
  { storage, instruments, now }: ReceivingEffects,
  elements: readonly unknown[],
): Promise<BatchResult[]> {
  const readings = elements.map(readEnvelope);
  const readable = readings.filter((reading) => reading.state === 'readable');
  const channels = await channelsOf(
    storage,
    readable.map(({ envelope }) => envelope),
  );
  const day = dayInBangkok(now());
  const steps = readings.map((reading): Step => {
    if (reading.state === 'refused') return reading;
    const channel = channels.get(reading.envelope.channel) ?? null;
    return judge(reading.envelope, { instruments, channel }, day);
  });

  const responses = steps.filter((step) => step.state === 'to-keep');
  const quarantined = steps.filter((step) => step.state === 'to-quarantine');
  if (responses.length + quarantined.length === 0) return resultsOf(steps, []);
  const keepings = await storage.keepResponses({
    responses: responses.map(({ response }) => response),
    quarantined: quarantined.map(({ response }) => response),
  });
  return resultsOf(steps, keepings);
}
