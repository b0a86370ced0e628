import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './2026-11-20-first-tables.ts';

/**
 * What devices say they have, apart from the responses, and in which protocol an envelope was written that is kept apart.
 * WITHOUT ROWID on SQLite, as for the responses: the file does not tell which device came after which.
 */
export function deviceReports(dialect: Dialect): Migration {
  return {
    async up(database: Kysely<never>) {
      const table = database.schema
        .createTable('device_reports')
        .addColumn('id', 'text', (column) => column.primaryKey().notNull())
        .addColumn('channel', 'text', (column) => column.notNull().references('channels.code'))
        // A device may count as far as JavaScript can.
        .addColumn('revision', 'bigint', (column) => column.notNull())
        .addColumn('finished', 'integer', (column) => column.notNull())
        .addColumn('acknowledged', 'integer', (column) => column.notNull())
        .addColumn('waiting', 'integer', (column) => column.notNull())
        .addColumn('refused', 'integer', (column) => column.notNull())
        .addColumn('refused_because', 'text', (column) => column.notNull())
        .addColumn('waiting_since', 'text')
        .addColumn('reported_on', 'text', (column) => column.notNull())
        .addColumn('storage_nearly_full', 'integer', (column) => column.notNull())
        .addColumn('written_off', 'integer', (column) => column.notNull());
      await (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute();
      await database.schema
        .createIndex('device_reports_by_channel')
        .on('device_reports')
        .columns(['channel', 'id'])
        .execute();

      await database.schema
        .alterTable('quarantine')
        .addColumn('protocol', 'integer', (column) => column.notNull().defaultTo(1))
        .execute();
    },
  };
}
