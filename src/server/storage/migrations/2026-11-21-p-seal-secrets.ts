import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an assessment's seal keys follow from; and conflicts are kept as they came, also the sealed ones. */
export const sealSecrets: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('seal_secrets')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('keys', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('seal_secrets_key', ['organization_id', 'assessment_id'])
      .addForeignKeyConstraint(
        'seal_secrets_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
    await database.schema
      .alterTable('conflicts')
      .addColumn('protocol', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
  },
};
