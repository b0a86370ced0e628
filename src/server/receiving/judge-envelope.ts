import * as z from 'zod/mini';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { type Problem, problemOf } from '#core/contract/problem.ts';
import { PROTOCOL } from '#core/contract/protocol.ts';
import { responseSchema } from '#core/contract/response.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';

/** What an envelope has to fit of the channel it names. `departmentNumbers`: of its assessment, the retired ones too. */
export interface JudgingChannel {
  instrument: string;
  department: number | null;
  departmentNumbers: ReadonlySet<number>;
}

/** What an envelope is judged by: the channel it names, and what the build knows. */
export interface JudgingContext {
  instruments: ReadonlyMap<string, Instrument>;
  /** Null if there is no such channel. */
  channel: JudgingChannel | null;
}

/** keep: it goes to the responses; quarantine: kept apart until this build knows what it is; refuse: not kept. */
export type Judgement =
  | { judgement: 'keep' }
  | { judgement: 'quarantine'; problem: Problem }
  | { judgement: 'refuse'; problem: Problem };

const instrumentOnlySchema = z.object({ instrument: responseSchema.shape.instrument });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refuse = (problem: Problem): Judgement => ({ judgement: 'refuse', problem });

/**
 * Judges an envelope whose digest is right. A closed channel still takes what was finished before it closed. A body that is
 * not canonical is refused: in a key that comes twice, or in one that parsers pass over, it could hold what nobody checks.
 */
export function judgeEnvelope(
  envelope: Envelope,
  { instruments, channel }: JudgingContext,
): Judgement {
  if (!channel) return refuse(problemOf('channel-unknown'));
  if (envelope.protocol > PROTOCOL)
    return { judgement: 'quarantine', problem: problemOf('instrument-unknown', 'protocol') };

  const body = parseJson(envelope.body);
  const named = instrumentOnlySchema.safeParse(body);
  const instrument = named.success ? instruments.get(named.data.instrument) : undefined;
  if (named.success && !instrument)
    return { judgement: 'quarantine', problem: problemOf('instrument-unknown', 'instrument') };

  const response = responseSchema.safeParse(body);
  if (!response.success || !instrument) {
    const place = response.error?.issues[0]?.path[0];
    return refuse(problemOf('response-malformed', place === undefined ? 'body' : String(place)));
  }
  if (instrument.id !== channel.instrument)
    return refuse(problemOf('instrument-mismatch', 'instrument'));
  const problem = checkResponse(response.data, instrument, channel.departmentNumbers);
  if (problem) return refuse(problemOf(problem.code, problem.detail));

  const departmentField = instrument.fields.find(({ fromChannel }) => fromChannel === 'department');
  const said = departmentField && response.data.respondent[departmentField.code];
  if (channel.department !== null && departmentField && said !== channel.department)
    return refuse(problemOf('option-out-of-range', departmentField.code));
  if (canonicalJson(response.data) !== envelope.body)
    return refuse(problemOf('response-malformed', 'body'));
  return { judgement: 'keep' };
}
