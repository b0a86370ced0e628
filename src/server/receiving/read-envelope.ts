import * as z from 'zod/mini';
import { type Envelope, envelopeIdSchema, envelopeSchema } from '#core/contract/envelope.ts';
import type { DeviceProblem } from '#core/contract/device-problem.ts';
import { problemOf } from '#core/contract/problem.ts';
import { sha256 } from '../sha256.ts';

/** What one element of a batch is, before anything is looked up. */
export type EnvelopeReading =
  | { state: 'readable'; envelope: Envelope }
  | { state: 'refused'; id: string | null; problem: DeviceProblem };

const withIdSchema = z.object({ id: envelopeIdSchema });

function schemaProblem(error: z.core.$ZodError): DeviceProblem {
  const places = new Set(error.issues.map(({ path }) => path[0]));
  if (places.size === 1 && places.has('channel')) return problemOf('channel-mistyped', 'channel');
  const place = error.issues[0]?.path[0];
  return problemOf('envelope-malformed', place === undefined ? 'envelope' : String(place));
}

/** A NUL or half a surrogate pair is no text that both databases keep as it was sent. */
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');

/** Reads one element of a batch: its shape, and that its digest is that of its body. */
export function readEnvelope(element: unknown): EnvelopeReading {
  const parsed = envelopeSchema.safeParse(element);
  if (!parsed.success) {
    const withId = withIdSchema.safeParse(element);
    const id = withId.success ? withId.data.id : null;
    return { state: 'refused', id, problem: schemaProblem(parsed.error) };
  }
  const envelope = parsed.data;
  const refuse = (problem: DeviceProblem): EnvelopeReading => ({
    state: 'refused',
    id: envelope.id,
    problem,
  });
  if (!isStorable(envelope.body)) return refuse(problemOf('envelope-malformed', 'body'));
  if (sha256(envelope.body) !== envelope.digest) return refuse(problemOf('digest-mismatch'));
  return { state: 'readable', envelope };
}
