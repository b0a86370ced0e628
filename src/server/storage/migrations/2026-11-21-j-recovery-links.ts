import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Links that let somebody back into their account; the database holds a hash of each token alone. */
export const recoveryLinks: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('recovery_links')
      .addColumn('account', 'text', (column) => column.primaryKey().notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
  },
};
