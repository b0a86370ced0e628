import type { Transaction } from 'kysely';
import { SERVER_ACTOR } from '#core/contract/audit.ts';
import { appendAudit } from './audit-rows.ts';
import type { Tables } from './tables.ts';

type TablesWith<Column extends string> = {
  [Table in keyof Tables]: Column extends keyof Tables[Table] ? Table : never;
}[keyof Tables];

// Every table with such a column has to stand here, else this does not compile: nothing of an assessment is forgotten.
const OF_A_CHANNEL: Readonly<Record<TablesWith<'channel'>, true>> = {
  responses: true,
  conflicts: true,
  quarantine: true,
  device_reports: true,
};
const OF_AN_ASSESSMENT: Readonly<Record<TablesWith<'assessment_id'>, true>> = {
  oit_checklists: true,
  entered_figures: true,
  measures: true,
  channels: true,
  departments: true,
};

const namesOf = <Name extends string>(tables: Readonly<Record<Name, true>>) =>
  Object.keys(tables) as Name[];

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

/**
 * The name of the organization stays, for its other years and for the next one.
 *
 * @see Storage.removeDeleted
 */
export async function removeDeleted(
  transaction: Transaction<Tables>,
  deletedUntil: string,
  moment: string,
): Promise<number> {
  // Whoever would bring one back at this moment waits, and then finds nothing to bring back.
  const due = await transaction
    .updateTable('assessments')
    .set((column) => ({ deleted_on: column.ref('deleted_on') }))
    .where('deleted_on', '<=', deletedUntil)
    .returning(['id', 'fiscal_year'])
    .execute();
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
}
