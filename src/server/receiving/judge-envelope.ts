import * as z from 'zod/mini';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { type Problem, problemOf } from '#core/contract/problem.ts';
import { PROTOCOL, SEALED_PROTOCOL } from '#core/contract/protocol.ts';
import { responseSchema } from '#core/contract/response.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { OpenSealed } from '../sealing/open-sealed.ts';
import { sha256 } from '../sha256.ts';
import type { AsItCame, ResponseToKeep } from '../storage/storage.ts';

/** What an envelope has to fit of the channel it names. `departmentNumbers`: of its assessment, the retired ones too. */
export interface JudgingChannel {
  assessment: string;
  instrument: string;
  department: number | null;
  departmentNumbers: ReadonlySet<number>;
}

/** What an envelope is judged by: the channel it names, and what the build knows. */
export interface JudgingContext {
  instruments: ReadonlyMap<string, Instrument>;
  /** Null if there is no such channel. */
  channel: JudgingChannel | null;
  openSealed: OpenSealed;
}

/** keep: its `body`, opened where it was sealed, goes to the responses; quarantine: kept apart until this build knows what it is; refuse: not kept. */
export type Judgement =
  | { judgement: 'keep'; body: string }
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
const quarantine = (problem: Problem): Judgement => ({ judgement: 'quarantine', problem });

/** Judges a response's text by the channel it came by. */
function judgeBody(
  text: string,
  instruments: JudgingContext['instruments'],
  channel: JudgingChannel,
): Judgement {
  const body = parseJson(text);
  const named = instrumentOnlySchema.safeParse(body);
  const instrument = named.success ? instruments.get(named.data.instrument) : undefined;
  if (named.success && !instrument)
    return quarantine(problemOf('instrument-unknown', 'instrument'));

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
  if (canonicalJson(response.data) !== text) return refuse(problemOf('response-malformed', 'body'));
  return { judgement: 'keep', body: text };
}

/**
 * Judges an envelope whose digest is right. A closed channel still takes what was finished before it closed. A body that is
 * not canonical is refused: in a key that comes twice, or in one that parsers pass over, it could hold what nobody checks.
 * What is sealed to a key that is not known here is set aside, as a restored server may get to know it.
 */
export async function judgeEnvelope(
  envelope: Envelope,
  { instruments, channel, openSealed }: JudgingContext,
): Promise<Judgement> {
  if (!channel) return refuse(problemOf('channel-unknown'));
  if (envelope.protocol > PROTOCOL) return quarantine(problemOf('instrument-unknown', 'protocol'));
  if (envelope.protocol < SEALED_PROTOCOL) return judgeBody(envelope.body, instruments, channel);
  const opened = await openSealed(channel.assessment, envelope);
  if (opened.state === 'unknown-key') return quarantine(problemOf('seal-key-unknown', 'key'));
  if (opened.state === 'broken') return refuse(problemOf('seal-broken', 'body'));
  return judgeBody(opened.body, instruments, channel);
}

/** What storage gets of an envelope that is to be kept; `body` is the opened one. */
export function toKeep(
  row: Pick<ResponseToKeep, 'id' | 'channel' | 'day'>,
  came: AsItCame,
  body: string,
): ResponseToKeep {
  if (came.body === body) return { ...row, digest: came.digest, body };
  return { ...row, digest: sha256(body), body, sealed: came };
}
