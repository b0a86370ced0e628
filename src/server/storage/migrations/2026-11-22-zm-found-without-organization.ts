import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { NotePart } from '../update-progress.ts';
import type { Dialect } from './2026-11-20-first-tables.ts';

/** Small tables of which most statements ask for one assessment and do not know its organization, with which their keys begin. */
const OF_AN_ASSESSMENT = [
  'channels',
  'departments',
  'entered_figures',
  'kiosks',
  'measures',
  'oit_checklists',
  'seal_secrets',
  'staff_code_rules',
  'tally_states',
] as const;

/**
 * What is removed with a channel is looked for by the channel alone, also by the database itself, before it lets one go. The columns are
 * those of the index before, so that it costs whoever stores no more.
 */
const OF_A_CHANNEL = [
  'responses',
  'uncounted',
  'conflicts',
  'quarantine',
  'device_reports',
] as const;

/**
 * In the order in which others take them, so that nobody waits for us who has what we wait for: whoever stores a response with a code holds
 * the rule before the responses, and whoever counts anew the responses before the states. The number is that of fold-rows.ts.
 */
async function lock(database: Kysely<never>): Promise<void> {
  await sql`lock table assessments, channels, staff_code_rules in share row exclusive mode`.execute(
    database,
  );
  await sql`select pg_advisory_xact_lock(2568002)`.execute(database);
  await sql`lock table responses, uncounted, staff_codes, conflicts, quarantine, device_reports, day_counts, tally_states
    in access exclusive mode`.execute(database);
}

/**
 * Keys begin with the organization; these find what is asked for without it. With thousands of organizations a table was else read from
 * beginning to end for a few rows.
 */
export const foundWithoutOrganization = (dialect: Dialect, note: NotePart): Migration => ({
  async up(database: Kysely<never>) {
    if (dialect === 'postgres') await lock(database);
    for (const table of OF_AN_ASSESSMENT)
      await database.schema
        .createIndex(`${table}_of_assessment`)
        .on(table)
        .column('assessment_id')
        .execute();
    await database.schema.dropIndex('staff_codes_by_assessment').execute();
    await database.schema
      .createIndex('staff_codes_by_assessment')
      .on('staff_codes')
      .columns(['assessment_id', 'department', 'hash'])
      .execute();
    for (const table of OF_A_CHANNEL) {
      await note(`${table}: its index`);
      await sql`drop index ${sql.table(`${table}_by_channel`)}`.execute(database);
      await database.schema
        .createIndex(`${table}_by_channel`)
        .on(table)
        .columns(['channel', 'organization_id', 'fiscal_year', 'id'])
        .execute();
    }
    await database.schema
      .createIndex('day_counts_by_channel')
      .on('day_counts')
      .column('channel')
      .execute();
  },
});
