import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an admin types in of an assessment: the assessor's figure and the report to compare with. */
export const enteredFigures: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('entered_figures')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('figures', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('entered_figures_key', ['organization_id', 'assessment_id'])
      .addForeignKeyConstraint(
        'entered_figures_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
  },
};
