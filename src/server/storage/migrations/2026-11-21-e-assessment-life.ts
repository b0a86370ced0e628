import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where an assessment is in its year, and how small a group may be that is shown. What there is, is open as it was. */
export const assessmentLife: Migration = {
  async up(database: Kysely<never>) {
    await database.schema
      .alterTable('assessments')
      .addColumn('suppression_threshold', 'integer', (column) =>
        column
          .notNull()
          .defaultTo(5)
          .check(sql`suppression_threshold >= 3`),
      )
      .execute();
    await database.schema
      .alterTable('assessments')
      .addColumn('state', 'text', (column) =>
        column
          .notNull()
          .defaultTo('open')
          .check(sql`state in ('draft', 'open', 'closed', 'archived')`),
      )
      .execute();
    for (const day of ['opens_on', 'closes_on', 'deleted_on'])
      await database.schema.alterTable('assessments').addColumn(day, 'text').execute();
  },
};
