import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tablets at counters; the database holds a hash of each token alone, and nothing of what is answered on them. */
export const kiosks: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('kiosks')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('channels', 'text', (column) => column.notNull())
      .addColumn('idle_seconds', 'integer', (column) => column.notNull())
      .addColumn('pin_salt', 'text', (column) => column.notNull())
      .addColumn('pin_hash', 'text', (column) => column.notNull())
      .addColumn('link_hash', 'text', (column) => column.unique())
      .addColumn('link_expires_at', 'text')
      .addColumn('token_hash', 'text', (column) => column.unique())
      .addColumn('seen_on', 'text')
      .addPrimaryKeyConstraint('kiosks_key', ['organization_id', 'assessment_id', 'id'])
      .addForeignKeyConstraint(
        'kiosks_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
  },
};
