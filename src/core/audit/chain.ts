import type { AuditEntry, AuditHead, AuditVerdict } from '../contract/audit.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import { digestOf } from '../contract/digest.ts';

/** The head of a log without entries. */
export const EMPTY_LOG: AuditHead = { number: 0, hash: '0'.repeat(64) };

/** The hash of an entry that follows the one of `previousHash`: SHA-256 of that hash, a line's end and the canonical JSON of the rest. */
export function entryHash(previousHash: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { number, moment, account, name, action, assessment, details } = entry;
  const content = { number, moment, account, name, action, assessment, details };
  return digestOf(`${previousHash}\n${canonicalJson(content)}`);
}

/** Looks at a log entry by entry, the oldest first. */
export interface AuditCheck {
  take(entry: AuditEntry): void;
  /** What is wrong with those that were taken so far; null = nothing. */
  broken(): AuditVerdict | null;
  /** The one that was taken last. */
  last(): AuditHead;
  /** Once all entries were taken. */
  verdict(): AuditVerdict;
}

type Break = Extract<AuditVerdict, { state: 'broken' }>;

/** What is wrong with an entry that comes after `before` in a log that ends with `head`; null = nothing. */
function breakAfter(before: AuditHead, entry: AuditEntry, head: AuditHead): Break | null {
  const at = before.number + 1;
  if (entry.number < at || at > head.number)
    return { state: 'broken', at: entry.number, why: 'inserted' };
  if (entry.number > at) return { state: 'broken', at, why: 'removed' };
  return entry.hash === entryHash(before.hash, entry)
    ? null
    : { state: 'broken', at, why: 'changed' };
}

/** What is wrong with the end of a log; null = nothing. */
function breakAtEnd(last: AuditHead, head: AuditHead): Break | null {
  if (last.number < head.number) return { state: 'broken', at: last.number + 1, why: 'removed' };
  return last.hash === head.hash ? null : { state: 'broken', at: last.number, why: 'changed' };
}

/**
 * Finds the first entry that was changed, removed or inserted in a log that ends with `head`. Whoever can write everything
 * can also make a whole new chain with its head: that shows only against a head that was noted down elsewhere, such as that
 * of an exported file. `from`: the last entry of those that were looked at before.
 */
export function createAuditCheck(head: AuditHead, from: AuditHead = EMPTY_LOG): AuditCheck {
  let last = from;
  let found: Break | null = null;
  return {
    take(entry) {
      found ??= breakAfter(last, entry, head);
      last = { number: entry.number, hash: entry.hash };
    },
    broken: () => found,
    last: () => last,
    verdict: () => found ?? breakAtEnd(last, head) ?? { state: 'intact', head },
  };
}

/** The verdict on a log that is at hand as a whole. @see createAuditCheck */
export function verifyAudit(entries: Iterable<AuditEntry>, head: AuditHead): AuditVerdict {
  const check = createAuditCheck(head);
  for (const entry of entries) check.take(entry);
  return check.verdict();
}
