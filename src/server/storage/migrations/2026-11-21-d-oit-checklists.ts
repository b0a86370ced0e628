import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an office wrote in the OIT checklist of an assessment. */
export const oitChecklists: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('oit_checklists')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('instrument', 'text', (column) => column.notNull())
      .addColumn('weights', 'text', (column) => column.notNull())
      .addColumn('entries', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('oit_checklists_key', ['organization_id', 'assessment_id'])
      .addForeignKeyConstraint(
        'oit_checklists_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
  },
};
