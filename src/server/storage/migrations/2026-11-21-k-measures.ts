import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an office does about what the assessment showed. */
export const measures: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('measures')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('measure', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('measures_key', ['organization_id', 'assessment_id', 'id'])
      .addForeignKeyConstraint(
        'measures_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
  },
};
