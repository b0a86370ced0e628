import * as z from 'zod/mini';
import { problemSchema, type Problem } from '../contract/problem.ts';
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

/**
 * The results in a reply to a batch, or null if it is no such reply. Each result is parsed alone: one that a newer server
 * words in a way we cannot read leaves its envelope unsettled, and does not hold up the others.
 */
export function readBatchReply(text: string): SentResult[] | null {
  const reply = replySchema.safeParse(parseJson(text));
  if (!reply.success) return null;
  return reply.data.results.flatMap((result) => {
    const parsed = sentResultSchema.safeParse(result);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The problem in a reply, or null if it is none of ours. */
export function readProblem(text: string): Problem | null {
  const parsed = problemSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}
