import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is being done and is not in the log yet. */
export const auditIntents: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('audit_intents')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('moment', 'text', (column) => column.notNull())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('assessment', 'text')
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
  },
};
