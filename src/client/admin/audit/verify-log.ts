import type { AuditHead, AuditLook, AuditVerdict } from '#core/contract/audit.ts';

/** How much of a log was looked at, in entries. */
export interface Looked {
  done: number;
  total: number;
}

/** Has the server look at its log, part by part, and tells how far it is. `signal` gives it up. */
export async function verifyLog(
  look: (from: AuditHead | null) => Promise<AuditLook>,
  tell: (looked: Looked) => void,
  signal: AbortSignal,
): Promise<AuditVerdict | null> {
  let from: AuditHead | null = null;
  while (!signal.aborted) {
    const seen: AuditLook = await look(from);
    if (seen.state !== 'so-far') return seen;
    from = seen.last.number === 0 ? null : seen.last;
    tell({ done: seen.last.number, total: seen.head.number });
  }
  return null;
}
