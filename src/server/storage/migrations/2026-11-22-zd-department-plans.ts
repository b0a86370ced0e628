import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is planned for a department of the tree. An older process leaves it alone, and makes organizations without. */
export const departmentPlans: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.alterTable('organizations').addColumn('plan', 'text').execute();
  },
};
