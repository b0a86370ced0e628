import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Links that make an account; the database holds a hash of each token alone. */
export const invitations: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('invitations')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
  },
};
