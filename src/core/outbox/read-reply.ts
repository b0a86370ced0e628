import * as z from 'zod/mini';
import { serverStandingSchema, type ServerStanding } from '../contract/epoch.ts';
import { deviceProblemSchema, type DeviceProblem } from '../contract/device-problem.ts';
import { sentResultSchema, type SentResult } from './sent-result.ts';

const replySchema = z.object({ results: z.array(z.unknown()) });

/** The reply's text as JSON; undefined where it is none, such as a reply cut in the middle. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a device understands of the reply to a batch. `standing` is null from a server that does not tell it. */
export interface SentReply {
  standing: ServerStanding | null;
  results: readonly SentResult[];
}

/**
 * The reply to a batch, or null if it is no such reply. Each result is parsed alone: one that a newer server words in a way
 * we cannot read leaves its envelope unsettled, and does not hold up the others.
 */
export function readBatchReply(text: string): SentReply | null {
  const json = parseJson(text);
  const reply = replySchema.safeParse(json);
  if (!reply.success) return null;
  const results = reply.data.results.flatMap((result) => {
    const parsed = sentResultSchema.safeParse(result);
    return parsed.success ? [parsed.data] : [];
  });
  return { standing: standingIn(json), results };
}

/** What the server tells of itself in a reply, or null if it does not. */
export function readStanding(text: string): ServerStanding | null {
  return standingIn(parseJson(text));
}

function standingIn(json: unknown): ServerStanding | null {
  const parsed = serverStandingSchema.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** The problem in a reply, or null if it is none of ours. */
export function readProblem(text: string): DeviceProblem | null {
  const parsed = deviceProblemSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}
