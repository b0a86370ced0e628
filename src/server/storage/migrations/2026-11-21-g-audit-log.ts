import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Dialect } from './2026-11-20-first-tables.ts';

const REFUSAL = 'the log is append-only';

/** Refuses to change or remove an entry, so that a mistake of the program cannot; the chain of hashes is there for the rest. */
async function refuseChanges(database: Kysely<never>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') {
    await sql`create function refuse_audit_change() returns trigger language plpgsql as
      ${sql.lit(`begin raise exception '${REFUSAL}'; end`)}`.execute(database);
    await sql`create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_audit_change()`.execute(database);
    return;
  }
  for (const event of ['update', 'delete'])
    await sql`create trigger ${sql.ref(`audit_log_append_only_${event}`)}
      before ${sql.raw(event)} on audit_log
      begin select raise(abort, ${sql.lit(REFUSAL)}); end`.execute(database);
}

/** The log of changes and exports, and its newest entry. */
export function auditLog(dialect: Dialect): Migration {
  return {
    async up(database: Kysely<never>) {
      await database.schema
        .createTable('audit_log')
        .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
        .addColumn('moment', 'text', (column) => column.notNull())
        .addColumn('account', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('assessment', 'text')
        .addColumn('details', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
      await refuseChanges(database, dialect);
      await database.schema
        .createTable('audit_head')
        .addColumn('id', 'text', (column) => column.primaryKey().notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute();
      await sql`insert into audit_head (id, number, hash) values ('this', 0, ${'0'.repeat(64)})`.execute(
        database,
      );
    },
  };
}
