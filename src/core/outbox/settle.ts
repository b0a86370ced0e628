import { UNCOUNTED_REASONS, type UncountedReason } from '../contract/uncounted.ts';
import type { EntryState, OutboxEntry } from './entry.ts';
import type { SentResult } from './sent-result.ts';

/** What this build does not know leaves no copy, and blames nobody's code. */
const reasonOf = (code: string): UncountedReason =>
  UNCOUNTED_REASONS.find((reason) => reason === code) ?? 'code-missing';

/** What a reply can make of an envelope. */
export type SettledState = Extract<EntryState, { kind: 'acknowledged' | 'refused' }>;

/**
 * What a reply says of each envelope sent, by id. An id that the reply lacks is not in the map, and one that we never
 * sent is left out. A refusal without an id (the server could not read it) counts for the envelope at its place, if the
 * reply has a place for each. `epoch`: the one in which the server said so.
 */
export function settle(
  sent: readonly OutboxEntry[],
  results: readonly SentResult[],
  epoch: string | null,
): ReadonlyMap<string, SettledState> {
  const settled = new Map<string, SettledState>();
  const isComplete = results.length === sent.length;
  results.forEach((result, place) => {
    const id = result.id ?? (isComplete ? sent[place]?.envelope.id : undefined);
    if (id === undefined || !sent.some((entry) => entry.envelope.id === id)) return;
    // Should a reply speak twice of one envelope, that the server holds it weighs more.
    if (settled.get(id)?.kind === 'acknowledged') return;
    settled.set(
      id,
      result.result === 'refused'
        ? { kind: 'refused', problem: result.problem, epoch: epoch ?? undefined }
        : {
            kind: 'acknowledged',
            epoch,
            ...(result.result === 'uncounted' && { uncounted: reasonOf(result.problem.code) }),
          },
    );
  });
  return settled;
}
