import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where respondents can complain, as JSON; null where the office named nothing. */
export const complaintChannels: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.alterTable('assessments').addColumn('complaints', 'text').execute();
  },
};
