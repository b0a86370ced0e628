import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The order of organizations below the same parent, and what an invited account is to see. Links from before were made where
 * everybody saw everything, and still mean that.
 */
export const branches: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .alterTable('organizations')
      .addColumn('position', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await database.schema
      .alterTable('invitations')
      .addColumn('branch', 'text', (column) => column.notNull().defaultTo('all'))
      .execute();
  },
};
