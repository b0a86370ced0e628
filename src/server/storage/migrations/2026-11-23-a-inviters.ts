import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who made an invitation, whose links end with their right to invite. Null, as an older process leaves it: nobody knows. */
export const inviters: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.alterTable('invitations').addColumn('made_by', 'text').execute();
  },
};
