import { setImmediate } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { SERVER_ACTOR } from '#core/contract/audit.ts';
import { appendAudit } from './audit-rows.ts';
import { inPlace, KEPT_YEAR, type Place } from './places.ts';
import type { Tables } from './tables.ts';
import { namesOf, type TablesWith } from './tables-with.ts';

// Every table with such a column has to stand here, else this does not compile: nothing of an assessment is forgotten.
const IN_A_PLACE: Readonly<Record<TablesWith<'channel'> & TablesWith<'fiscal_year'>, true>> = {
  responses: true,
  conflicts: true,
  quarantine: true,
  uncounted: true,
  device_reports: true,
};
const OF_A_CHANNEL: Readonly<
  Record<Exclude<TablesWith<'channel'>, TablesWith<'fiscal_year' | 'assessment_id'>>, true>
> = {
  displays: true,
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
  day_counts: true,
  channels: true,
  departments: true,
};

/** The tables in which an assessment can have so many rows that removing them all at once would stop the server. */
const LARGE_TABLES = ['responses', 'conflicts', 'quarantine', 'uncounted'] as const;

const SLICE_SIZE = 1_000;

/** An assessment that is to be removed. */
type DueAssessment = Place & { id: string; year: number };

const channelsOf = (transaction: Transaction<Tables>, { id }: DueAssessment) =>
  transaction.selectFrom('channels').select('code').where('assessment_id', '=', id);

async function removeAssessment(
  transaction: Transaction<Tables>,
  due: DueAssessment,
): Promise<void> {
  const { organization_id: organization, id } = due;
  const channels = channelsOf(transaction, due);
  for (const table of namesOf(IN_A_PLACE))
    await transaction
      .deleteFrom(table)
      .where(inPlace(due))
      .where('channel', 'in', channels)
      .execute();
  for (const table of namesOf(OF_A_CHANNEL))
    await transaction.deleteFrom(table).where('channel', 'in', channels).execute();
  for (const table of namesOf(OF_AN_ASSESSMENT))
    await transaction
      .deleteFrom(table)
      .where('organization_id', '=', organization)
      .where('assessment_id', '=', id)
      .execute();
  await transaction.deleteFrom('assessments').where('id', '=', id).execute();
}

/** In the place of the day of deletion once the removal has begun: past every grace, and not what anybody has judged by. */
const BEGUN = '1970-01-01';

/** Whoever would bring one of them back at this moment waits, and then finds another than they judged by. */
async function lockDue(
  transaction: Transaction<Tables>,
  deletedUntil: string,
): Promise<DueAssessment[]> {
  return transaction
    .updateTable('assessments')
    .set({ deleted_on: BEGUN })
    .where('deleted_on', '<=', deletedUntil)
    .returning(['organization_id', KEPT_YEAR.as('fiscal_year'), 'id', 'fiscal_year as year'])
    .execute();
}

/** True if there was anything of that table to remove. */
async function removeSlice(
  transaction: Transaction<Tables>,
  table: (typeof LARGE_TABLES)[number],
  deletedUntil: string,
): Promise<boolean> {
  for (const due of await lockDue(transaction, deletedUntil)) {
    const channels = channelsOf(transaction, due);
    const ids = transaction
      .selectFrom(table)
      .select('id')
      .where(inPlace(due))
      .where('channel', 'in', channels)
      .limit(SLICE_SIZE);
    const { numDeletedRows } = await transaction
      .deleteFrom(table)
      .where(inPlace(due))
      .where('channel', 'in', channels)
      .where('id', 'in', ids)
      .executeTakeFirst();
    if (numDeletedRows > 0n) return true;
  }
  return false;
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
    for (const assessment of due) {
      const { id, year } = assessment;
      await removeAssessment(transaction, assessment);
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
