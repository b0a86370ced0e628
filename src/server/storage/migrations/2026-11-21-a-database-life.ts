import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** One row: which life of the database this is, and where it was last seen. @see sqliteEpoch, postgresEpoch */
export const databaseLife: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('database_life')
      .addColumn('id', 'text', (column) =>
        column
          .primaryKey()
          .notNull()
          .check(sql`id = 'this'`),
      )
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .execute();
  },
};
