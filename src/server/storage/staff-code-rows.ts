import { createHmac } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { StaffCodes } from '#core/contract/staff-codes.ts';
import type { StaffCodesToAdd } from './storage.ts';
import { insertOfAssessment } from './insert-of-assessment.ts';
import type { Tables } from './tables.ts';

/** What is kept of a code: without the assessment's secret nobody can try codes on the hashes. */
export const staffCodeHash = (secret: string, code: string): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(code).digest('hex');

/** @see Storage.areStaffCodesDemanded */
export async function selectDemand(database: Kysely<Tables>, assessment: string): Promise<boolean> {
  const rule = await database
    .selectFrom('staff_code_rules')
    .select('is_demanded')
    .where('assessment_id', '=', assessment)
    .executeTakeFirst();
  return rule?.is_demanded === 1;
}

/** @see Storage.readStaffCodes */
export async function selectStaffCodes(
  database: Kysely<Tables>,
  assessment: string,
): Promise<StaffCodes> {
  const rows = await database
    .selectFrom('staff_codes')
    .select(({ fn }) => ['department', fn.countAll().as('made'), fn.sum('spent').as('spent')])
    .where('assessment_id', '=', assessment)
    .groupBy('department')
    .orderBy('department')
    .execute();
  return {
    isDemanded: await selectDemand(database, assessment),
    departments: rows.map(({ department, made, spent }) => ({
      department,
      made: Number(made),
      spent: Number(spent),
    })),
  };
}

/**
 * The rule of an assessment, which is made where there is none; null where there is no such assessment. Until the transaction ends
 * nobody judges a code by it: whoever judged one that is made void at that moment would count it, and each could wait for the
 * other's rows for ever.
 */
async function ruleOf(transaction: Transaction<Tables>, assessment: string, secret: string) {
  return insertOfAssessment(transaction, 'staff_code_rules', assessment, { is_demanded: 0, secret })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'assessment_id'])
        .doUpdateSet((rule) => ({ is_demanded: rule.ref('staff_code_rules.is_demanded') })),
    )
    .returningAll()
    .executeTakeFirst();
}

/** @see Storage.demandStaffCodes */
export async function demandStaffCodes(
  transaction: Transaction<Tables>,
  assessment: string,
  isDemanded: boolean,
  secret: string,
): Promise<void> {
  await ruleOf(transaction, assessment, secret);
  await transaction
    .updateTable('staff_code_rules')
    .set({ is_demanded: isDemanded ? 1 : 0 })
    .where('assessment_id', '=', assessment)
    .execute();
}

/**
 * The hashes go in by their own order: on no database does the order of the rows tell that of the codes.
 *
 * @see Storage.addStaffCodes
 */
export async function addStaffCodes(
  transaction: Transaction<Tables>,
  assessment: string,
  { department, codes, secret: newSecret, voidsUnspent }: StaffCodesToAdd,
): Promise<number> {
  const rule = await ruleOf(transaction, assessment, newSecret);
  if (!rule) return 0;
  const voided = voidsUnspent
    ? await transaction
        .deleteFrom('staff_codes')
        .where('assessment_id', '=', assessment)
        .where('department', '=', department)
        .where('spent', '=', 0)
        .executeTakeFirstOrThrow()
    : { numDeletedRows: 0n };
  const { organization_id, assessment_id, secret } = rule;
  const hashes = codes.map((code) => staffCodeHash(secret, code)).sort();
  await transaction
    .insertInto('staff_codes')
    .values(hashes.map((hash) => ({ organization_id, assessment_id, department, hash, spent: 0 })))
    .execute();
  return Number(voided.numDeletedRows);
}
