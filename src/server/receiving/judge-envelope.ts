import * as z from 'zod/mini';
import { type Admission, writeAdmitted } from '#core/contract/admission.ts';
import { admittedSchema } from '#core/contract/admission-schema.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { type Envelope, isSealed } from '#core/contract/envelope.ts';
import type { DeviceProblem } from '#core/contract/device-problem.ts';
import { problemOf } from '#core/contract/problem.ts';
import { ADMITTED_PROTOCOL, PROTOCOL } from '#core/contract/protocol.ts';
import { responseSchema } from '#core/contract/response.ts';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import { judgeDisplay } from '#core/display/judge-display.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import type { Opened, OpenSealed } from '../sealing/open-sealed.ts';
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
  /** The secret of the display that stands at the channel's counter, null if none does, and when the envelope came. */
  display: { secret: string; now: number } | null;
}

/**
 * keep: its `body`, the response alone, goes to the responses; quarantine: kept apart until this build knows what it is;
 * refuse: not kept. `admission`: what its person came in by; null where nothing is told. `staffCode`: null but for the
 * staff's questionnaire. `display`: how it came, where the channel has a display.
 */
export type Judgement =
  | {
      judgement: 'keep';
      body: string;
      admission: Admission | null;
      staffCode: ResponseToKeep['staffCode'] | null;
      display?: DisplayFlag;
    }
  | { judgement: 'quarantine'; problem: DeviceProblem }
  | { judgement: 'refuse'; problem: DeviceProblem };

const instrumentOnlySchema = z.object({ instrument: responseSchema.shape.instrument });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refuse = (problem: DeviceProblem): Judgement => ({ judgement: 'refuse', problem });
const quarantine = (problem: DeviceProblem): Judgement => ({ judgement: 'quarantine', problem });

/** A response's text, opened, and what else came in it. */
interface ToJudge {
  text: string;
  response: unknown;
  admission: Admission | null;
}

/** Null where the text should tell of an admission and does not. */
function readText(text: string, protocol: number): ToJudge | null {
  const value = parseJson(text);
  if (protocol < ADMITTED_PROTOCOL) return { text, response: value, admission: null };
  const admitted = admittedSchema.safeParse(value);
  return admitted.success ? { text, ...admitted.data } : null;
}

/** Judges a response by the channel it came by. */
function judgeResponse(
  { text, response: body, admission }: ToJudge,
  { instruments, display }: Pick<JudgingContext, 'instruments' | 'display'>,
  channel: JudgingChannel & { code: string },
): Judgement {
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
  const written = canonicalJson(response.data);
  if ((admission ? writeAdmitted(admission, response.data) : written) !== text)
    return refuse(problemOf('response-malformed', 'body'));
  const { day } = response.data;
  const cameBy = display && judgeDisplay({ ...display, admission, channel: channel.code, day });
  const code = admission?.by === 'code' ? admission.code : null;
  const staffCode = instrument.tool === 'IIT' ? { assessment: channel.assessment, code } : null;
  return {
    judgement: 'keep',
    body: written,
    admission,
    staffCode,
    ...(cameBy && { display: cameBy }),
  };
}

/**
 * Judges an envelope whose digest is right. A closed channel still takes what was finished before it closed. A body that is
 * not canonical is refused: in a key that comes twice, or in one that parsers pass over, it could hold what nobody checks.
 * What is sealed to a key that is not known here is set aside, as a restored server may get to know it.
 */
export async function judgeEnvelope(
  envelope: Envelope,
  { channel, openSealed, ...context }: JudgingContext,
): Promise<Judgement> {
  if (!channel) return refuse(problemOf('channel-unknown'));
  if (envelope.protocol > PROTOCOL) return quarantine(problemOf('instrument-unknown', 'protocol'));
  const opened: Opened = isSealed(envelope)
    ? await openSealed(channel.assessment, envelope)
    : { state: 'open', body: envelope.body };
  if (opened.state === 'unknown-key') return quarantine(problemOf('seal-key-unknown', 'key'));
  if (opened.state === 'broken') return refuse(problemOf('seal-broken', 'body'));
  const toJudge = readText(opened.body, envelope.protocol);
  if (!toJudge) return refuse(problemOf('response-malformed', 'admission'));
  return judgeResponse(toJudge, context, { ...channel, code: envelope.channel });
}

/** What storage gets of an envelope that is to be kept. */
export function toKeep(
  row: Pick<ResponseToKeep, 'id' | 'channel' | 'day'>,
  came: AsItCame,
  { body, staffCode, display }: Extract<Judgement, { judgement: 'keep' }>,
): ResponseToKeep {
  const kept = { ...row, body, ...(staffCode && { staffCode }), ...(display && { display }) };
  if (came.body === body) return { ...kept, digest: came.digest };
  return { ...kept, digest: sha256(body), came };
}
