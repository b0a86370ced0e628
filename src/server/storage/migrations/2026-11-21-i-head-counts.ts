import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How many people a department's staff list has, for targets that are a share of them. */
export const headCounts: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.alterTable('departments').addColumn('head_count', 'integer').execute();
  },
};
