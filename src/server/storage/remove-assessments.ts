import { setImmediate } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { SERVER_ACTOR } from '#core/contract/audit.ts';
import { appendAudit } from './audit-rows.ts';
import type { Tables } from './tables.ts';
import { namesOf, type TablesWith } from './tables-with.ts';

// Every table with such a column has to stand here, else this does not compile: nothing of an assessment is forgotten.
const OF_A_CHANNEL: Readonly<Record<TablesWith<'channel'>, true>> = {
  responses: true,
  conflicts: true,
  quarantine: true,
  uncounted: true,
  device_reports: true,
  displays: true,
  day_counts: true,
};
const OF_AN_ASSESSMENT: Readonly<Record<TablesWith<'assessment_id'>, true>> = {
  oit_checklists: true,
  entered_figures: true,
  measures: true,
  seal_secrets: true,
  kiosks: true,
  staff_code_rules: true,
  staff_codes: true,
  tally_states: true,
  tallies: true,
  combinations: true,
  channels: true,
  departments: true,
};

/** The tables in which an assessment can have so many rows that removing them all at once would stop the server. */
const LARGE_TABLES = ['responses', 'conflicts', 'quarantine', 'uncounted'] as const;

const SLICE_SIZE = 1_000;

async function removeAssessment(transaction: Transaction<Tables>, id: string): Promise<void> {
  const channels = transaction
    .selectFrom('channels')
    .select('code')
    .where('assessment_id', '=', id);
  for (const table of namesOf(OF_A_CHANNEL))
    await transaction.deleteFrom(table).where('channel', 'in', channels).execute();
  for (const table of namesOf(OF_AN_ASSESSMENT))
    await transaction.deleteFrom(table).where('assessment_id', '=', id).execute();
  await transaction.deleteFrom('assessments').where('id', '=', id).execute();
}

/** In the place of the day of deletion once the removal has begun: past every grace, and not what anybody has judged by. */
const BEGUN = '1970-01-01';

/** Whoever would bring one of them back at this moment waits, and then finds another than they judged by. */
async function lockDue(transaction: Transaction<Tables>, deletedUntil: string) {
  return transaction
    .updateTable('assessments')
    .set({ deleted_on: BEGUN })
    .where('deleted_on', '<=', deletedUntil)
    .returning(['id', 'fiscal_year'])
    .execute();
}

/** True if there was anything of that table to remove. */
async function removeSlice(
  transaction: Transaction<Tables>,
  table: (typeof LARGE_TABLES)[number],
  deletedUntil: string,
): Promise<boolean> {
  const due = await lockDue(transaction, deletedUntil);
  if (due.length === 0) return false;
  const channels = transaction
    .selectFrom('channels')
    .select('code')
    .where(
      'assessment_id',
      'in',
      due.map(({ id }) => id),
    );
  const ids = transaction
    .selectFrom(table)
    .select('id')
    .where('channel', 'in', channels)
    .limit(SLICE_SIZE);
  const { numDeletedRows } = await transaction
    .deleteFrom(table)
    .where('channel', 'in', channels)
    .where('id', 'in', ids)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * First the responses, in slices of their own, then the rest at once. What was begun and not ended goes on at the next time.
 * The name of the organization stays, for its other years and for the next one.
 *
 * @see Storage.removeDeleted
 */
export async function removeDeleted(
  database: Kysely<Tables>,
  deletedUntil: string,
  moment: string,
): Promise<number> {
  const slice = (table: (typeof LARGE_TABLES)[number]) =>
    database.transaction().execute((transaction) => removeSlice(transaction, table, deletedUntil));
  // SQLite answers without a pause: whoever asks meanwhile must not wait for the end of it.
  for (const table of LARGE_TABLES) while (await slice(table)) await setImmediate();

  return database.transaction().execute(async (transaction) => {
    const due = await lockDue(transaction, deletedUntil);
    for (const { id, fiscal_year: year } of due) {
      await removeAssessment(transaction, id);
      await appendAudit(transaction, {
        moment,
        account: SERVER_ACTOR,
        name: '',
        action: 'assessment-removed',
        assessment: id,
        details: { year: String(year) },
      });
    }
    return due.length;
  });
}
