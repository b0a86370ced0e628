import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Under which year the responses of an assessment are kept: that in which it was made, also when an admin corrects that. Null, as an older
 * process leaves it, is the year of the assessment.
 */
export const keptYears: Migration = {
  async up(database: Kysely<{ assessments: { fiscal_year: number; kept_year: number | null } }>) {
    await database.schema.alterTable('assessments').addColumn('kept_year', 'integer').execute();
    await database
      .updateTable('assessments')
      .set((row) => ({ kept_year: row.ref('fiscal_year') }))
      .execute();
  },
};
