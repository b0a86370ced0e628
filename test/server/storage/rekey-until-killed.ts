// A process that brings a database up to date and stands still before the end, until somebody kills it.
import { setInterval } from 'node:timers/promises';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';

const [dialect = '', at = ''] = process.argv.slice(2);

const [database, of] =
  dialect === 'sqlite'
    ? ([sqliteDatabase(openSqliteFile(at)), 'sqlite'] as const)
    : ([postgresDatabase(at, () => undefined), 'postgres'] as const);

const standing = {
  async up() {
    process.stdout.write('half-way\n');
    for await (const _ of setInterval(1_000));
  },
};

await migrate(database, of, { ...migrationsFor(of), '2099-01-01-half': standing });
