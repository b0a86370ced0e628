import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The displays that stand on counters, and how a response came where there is one. */
export const displays: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('displays')
      .addColumn('channel', 'text', (column) =>
        column.primaryKey().notNull().references('channels.code'),
      )
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.unique())
      .addColumn('expires_at', 'text')
      .execute();
    await database.schema.alterTable('responses').addColumn('display', 'text').execute();
  },
};
