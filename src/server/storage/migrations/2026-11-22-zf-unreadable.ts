import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How many stored responses were found unreadable when they were counted, and a name for each count from the beginning. */
export const unreadable: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .alterTable('tally_states')
      .addColumn('unreadable', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await database.schema
      .alterTable('tally_states')
      .addColumn('count', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
};
