import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './2026-11-20-first-tables.ts';

/** Codes for the staff, of which only hashes are kept, and the responses that came without one that opens. */
export const staffCodes = (dialect: Dialect): Migration => ({
  async up(database: Kysely<never>) {
    await database.schema
      .createTable('staff_code_rules')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('is_demanded', 'integer', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('staff_code_rules_key', ['organization_id', 'assessment_id'])
      .addForeignKeyConstraint(
        'staff_code_rules_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      )
      .execute();
    const codes = database.schema
      .createTable('staff_codes')
      .addColumn('organization_id', 'text', (column) => column.notNull())
      .addColumn('assessment_id', 'text', (column) => column.notNull())
      .addColumn('department', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('spent', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('staff_codes_key', ['hash'])
      .addForeignKeyConstraint(
        'staff_codes_assessment',
        ['organization_id', 'assessment_id'],
        'assessments',
        ['organization_id', 'id'],
      );
    const uncounted = database.schema
      .createTable('uncounted')
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull().references('channels.code'))
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('uncounted_key', ['id', 'digest']);
    // No number of a row tells in which order they came.
    for (const table of [codes, uncounted])
      await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
    await database.schema
      .createIndex('staff_codes_by_assessment')
      .on('staff_codes')
      .columns(['assessment_id', 'department', 'hash'])
      .execute();
    await database.schema
      .createIndex('uncounted_by_channel')
      .on('uncounted')
      .columns(['channel', 'id'])
      .execute();
  },
});
