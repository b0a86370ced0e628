import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './2026-11-20-first-tables.ts';

/**
 * What the overview and the scores are made of, kept up to date. Of the responses that are there already nothing is counted here: an
 * assessment without a row in tally_states is counted by the server, in slices, while it runs.
 */
export const tallies = (dialect: Dialect): Migration => ({
  async up(database: Kysely<never>) {
    const unfolded = database.schema
      .createTable('unfolded')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull());
    const ofAnInstrument = (table: string) =>
      database.schema
        .createTable(table)
        .addColumn('organization_id', 'text', (column) => column.notNull())
        .addColumn('assessment_id', 'text', (column) => column.notNull())
        .addColumn('instrument', 'text', (column) => column.notNull())
        .addForeignKeyConstraint(
          `${table}_assessment`,
          ['organization_id', 'assessment_id'],
          'assessments',
          ['organization_id', 'id'],
        );
    const instrumentKey = ['organization_id', 'assessment_id', 'instrument'] as const;
    const states = ofAnInstrument('tally_states')
      .addColumn('basis', 'text', (column) => column.notNull())
      .addColumn('counted_to', 'text')
      .addPrimaryKeyConstraint('tally_states_key', [...instrumentKey]);
    const sums = ofAnInstrument('tallies')
      .addColumn('dimension', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('n', 'integer', (column) => column.notNull())
      .addColumn('items', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('tallies_key', [...instrumentKey, 'dimension', 'value']);
    const combinations = ofAnInstrument('combinations')
      .addColumn('combination', 'text', (column) => column.notNull())
      .addColumn('n', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('combinations_key', [...instrumentKey, 'combination']);
    const days = database.schema
      .createTable('day_counts')
      .addColumn('channel', 'text', (column) => column.notNull().references('channels.code'))
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('n', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('day_counts_key', ['channel', 'day']);
    // No number of a row tells which was there first.
    for (const table of [unfolded, states, sums, combinations, days])
      await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
  },
});
