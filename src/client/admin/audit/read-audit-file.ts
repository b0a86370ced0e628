import { verifyAudit } from '#core/audit/chain.ts';
import { auditFileSchema, type AuditPage, type AuditVerdict } from '#core/contract/audit.ts';

/** What a look at a saved log found. differs: whole in itself, but this server's log has another entry in its place. */
export type FileVerdict = AuditVerdict | { state: 'unreadable' } | { state: 'differs'; at: number };

function parse(text: string) {
  try {
    return auditFileSchema.safeParse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Verifies a log that was saved to a file: by itself, and against the server's log of today, which must still have the
 * file's last entry. `readPage` gives the server's entries of lower numbers.
 */
export async function judgeAuditFile(
  text: string,
  readPage: (before: number) => Promise<AuditPage>,
): Promise<FileVerdict> {
  const file = parse(text);
  if (!file?.success) return { state: 'unreadable' };
  const { entries, head } = file.data;
  const verdict = verifyAudit(entries, head);
  if (verdict.state === 'broken' || head.number === 0) return verdict;
  const [same] = (await readPage(head.number + 1)).entries;
  return same?.hash === head.hash ? verdict : { state: 'differs', at: head.number };
}
