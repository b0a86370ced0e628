import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

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
 * Keys begin with the organization; these find what is asked for without it. With thousands of organizations a table was else read from
 * beginning to end for a few rows.
 */
export const foundWithoutOrganization: Migration = {
  async up(database: Kysely<never>) {
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
};
