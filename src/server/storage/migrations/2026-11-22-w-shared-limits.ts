import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './2026-11-20-first-tables.ts';

/**
 * What several server processes on one database count together. On PostgreSQL the limits are unlogged: nothing of them is in its
 * log, on a standby or in a physical backup, and after a crash they begin anew.
 */
export const sharedLimits = (dialect: Dialect): Migration => ({
  async up(database: Kysely<never>) {
    const limits = database.schema
      .createTable('limits')
      .addColumn('mark', 'text', (column) => column.primaryKey().notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull());
    const secrets = database.schema
      .createTable('limit_secrets')
      .addColumn('hour', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('secret', 'text', (column) => column.notNull());
    for (const table of [limits, secrets])
      await (
        dialect === 'postgres'
          ? table.modifyFront(sql`unlogged`)
          : table.modifyEnd(sql`without rowid`)
      ).execute();
    await database.schema
      .createTable('failed_attempts')
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('more', 'integer', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('failed_attempts_key', ['action', 'account'])
      .execute();
    await database.schema.alterTable('set_up_tokens').addColumn('expires_at', 'text').execute();
  },
});
