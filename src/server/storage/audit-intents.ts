// What is being done stands in a table of its own until its entry is in the log: whatever stops the server in between, no
// change is without a trace.
import type { Kysely, Transaction } from 'kysely';
import { UNKNOWN_OUTCOME } from '#core/contract/audit.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { detailsOf } from './audit-details.ts';
import { appendAudit, type AuditNote } from './audit-rows.ts';
import type { Tables } from './tables.ts';

/** Something that is about to be done, as far as it is known before. */
export interface AuditIntent extends AuditNote {
  /** A random UUID. */
  id: string;
}

export async function insertIntent(
  database: Kysely<Tables>,
  { id, moment, account, name, action, assessment, details }: AuditIntent,
): Promise<void> {
  await database
    .insertInto('audit_intents')
    .values({
      id,
      moment,
      account,
      name,
      action,
      assessment,
      details: canonicalJson({ ...details }),
    })
    .execute();
}

/** Its entry takes its place; null: nothing was changed, and it goes without one. */
export async function settleIntent(
  transaction: Transaction<Tables>,
  id: string,
  note: AuditNote | null,
): Promise<void> {
  if (note) await appendAudit(transaction, note);
  await transaction.deleteFrom('audit_intents').where('id', '=', id).execute();
}

/**
 * Makes entries of unknown outcome of what was begun before a moment (ISO; null: of all) and never settled. Of one that is
 * still under way after all, the true entry follows.
 */
export async function settleLeftIntents(
  transaction: Transaction<Tables>,
  begunBefore: string | null,
): Promise<number> {
  // Deleted first: of two processes that look at the same time, one gets each row.
  const left = await transaction
    .deleteFrom('audit_intents')
    .$if(begunBefore !== null, (query) => query.where('moment', '<', begunBefore ?? ''))
    .returningAll()
    .execute();
  const inOrder = left.toSorted((a, b) => (`${a.moment} ${a.id}` < `${b.moment} ${b.id}` ? -1 : 1));
  for (const { id: _id, details, ...note } of inOrder)
    await appendAudit(transaction, {
      ...note,
      details: { ...detailsOf(details), outcome: UNKNOWN_OUTCOME },
    });
  return left.length;
}
