import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { replaceChecklist, selectChecklist } from '#server/storage/checklist-rows.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import type { Tables } from '#server/storage/tables.ts';
import { numberedUuids } from '../support/numbered-uuid.ts';
import { addFormerOffice } from './former-office.ts';
import { describeRekeying } from './rekeying-suite.ts';

const STORAGE = join(import.meta.dirname, '../../../src/server/storage');

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-migrate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sucharit.db');
}

function open(file: string): Kysely<Tables> {
  const database = sqliteDatabase(openSqliteFile(file));
  onTestFinished(() => database.destroy());
  return database;
}

/** The names of all tables and indexes, except the two that Kysely makes before it begins. */
async function namesIn(database: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where name not like 'kysely_migration%' and name not like 'sqlite_%'
    order by name`.execute(database);
  return rows.map(({ name }) => name);
}

/** A change of the tables that fails when half of it is done. */
const failing: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.createTable('half').addColumn('id', 'text').execute();
    throw new Error('stopped half-way');
  },
};

test('a first start that fails half-way leaves no table, and the next one makes all', async () => {
  const database = open(newFile());
  const withFailing = { ...migrationsFor('sqlite'), '2099-01-01-half': failing };
  await expect(migrate(database, 'sqlite', withFailing)).rejects.toThrow('stopped half-way');
  expect(await namesIn(database)).toEqual([]);
  await migrate(database, 'sqlite');
  expect(await namesIn(database)).toContain('responses');
});

test('an update that fails half-way leaves the tables and answers of before', async () => {
  const database = open(newFile());
  await migrate(database, 'sqlite');
  const before = await namesIn(database);
  const withFailing = { ...migrationsFor('sqlite'), '2099-01-01-half': failing };
  await expect(migrate(database, 'sqlite', withFailing)).rejects.toThrow('stopped half-way');
  expect(await namesIn(database)).toEqual(before);
  await migrate(database, 'sqlite');
});

test('a first start that is killed in the middle is made good by the next', async () => {
  const file = newFile();
  const script = `
    const { migrate, migrationsFor } = await import(${JSON.stringify(join(STORAGE, 'migrate.ts'))});
    const { openSqliteFile, sqliteDatabase } = await import(${JSON.stringify(join(STORAGE, 'sqlite.ts'))});
    const killing = {
      async up(database) {
        await database.schema.createTable('half').addColumn('id', 'text').execute();
        process.kill(process.pid, 'SIGKILL');
      },
    };
    const migrations = { ...migrationsFor('sqlite'), '2099-01-01-half': killing };
    await migrate(sqliteDatabase(openSqliteFile(${JSON.stringify(file)})), 'sqlite', migrations);`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  expect(signal).toBe('SIGKILL');
  const database = open(file);
  expect(await namesIn(database)).toEqual([]);
  await migrate(database, 'sqlite');
  expect(await namesIn(database)).toContain('responses');
});

test('the tables of the accounts are made all or none', async () => {
  const database = open(newFile());
  await migrate(database, 'sqlite');
  const before = await namesIn(database);
  const options = {
    database,
    dialect: 'sqlite' as const,
    secret: 's'.repeat(32),
    host: 'localhost',
    secureCookies: false,
  };
  // In the way of an index, which is made after the tables.
  await sql`create table "session_userId_idx" (id text)`.execute(database);
  await expect(migrateAuth(createAuth(options), options)).rejects.toThrow('session_userId_idx');
  await sql`drop table "session_userId_idx"`.execute(database);
  expect(await namesIn(database)).toEqual(before);
  await migrateAuth(createAuth(options), options);
  expect(await namesIn(database)).toContain('session_userId_idx');
});

test('the one address of an OIT item that was stored becomes the first of several', async () => {
  const database = open(newFile());
  const former = Object.entries(migrationsFor('sqlite')).filter(
    ([name]) => name < '2026-11-21-m-oit-addresses',
  );
  await migrate(database, 'sqlite', Object.fromEntries(former));
  await sql`pragma foreign_keys = off`.execute(database);
  const entry = { due: null, item: 'O1', note: '', points: 100, responsible: '', state: 'checked' };
  const entries = JSON.stringify([
    { ...entry, url: 'https://example.go.th' },
    { ...entry, item: 'O2', url: null },
  ]);
  await database
    .insertInto('oit_checklists')
    .values({
      organization_id: 'office',
      assessment_id: 'assessment',
      instrument: 'oit-2567',
      weights: '{}',
      entries,
    })
    .execute();
  await migrate(database, 'sqlite');
  const stored = await selectChecklist(database, 'assessment');
  const expected = [
    { ...entry, urls: ['https://example.go.th'] },
    { ...entry, item: 'O2', urls: [] },
  ];
  expect(stored?.entries).toEqual(expected);
  // As it is compared when somebody changes it.
  expect(stored && (await replaceChecklist(database, 'assessment', stored, stored))).toBe(true);
});

test('what was set aside before there was sealing keeps the protocol it came in, and its assessment has no seal', async () => {
  const database = open(newFile());
  const former = Object.entries(migrationsFor('sqlite')).filter(
    ([name]) => name < '2026-11-21-p-seal-secrets',
  );
  await migrate(database, 'sqlite', Object.fromEntries(former));
  await addFormerOffice(database);
  const row = { id: 'id', channel: 'AAAAAAAA', day: '2024-11-20', digest: 'digest', body: '{}' };
  await sql`insert into conflicts (id, channel, day, digest, body)
    values (${row.id}, ${row.channel}, ${row.day}, ${row.digest}, ${row.body})`.execute(database);
  await sql`insert into quarantine (id, channel, day, digest, body, protocol)
    values (${row.id}, ${row.channel}, ${row.day}, ${row.digest}, ${row.body}, 3)`.execute(
    database,
  );
  await migrate(database, 'sqlite');
  const page = { channel: row.channel, after: null, limit: 10 };
  const storage = createStorage(database, numberedUuids());
  expect(await storage.readConflicts(page)).toEqual([{ ...row, protocol: 1 }]);
  expect(await storage.readQuarantine(page)).toEqual([{ ...row, protocol: 3 }]);
  expect(await database.selectFrom('seal_secrets').selectAll().execute()).toEqual([]);
});

test('an organization and a link from before there were branches stand first, and show everything', async () => {
  const database = open(newFile());
  const former = Object.entries(migrationsFor('sqlite')).filter(([name]) => name < '2026-11-22');
  await migrate(database, 'sqlite', Object.fromEntries(former));
  await sql`insert into organizations (id, kind, names) values ('office', 'city', '{}')`.execute(
    database,
  );
  await sql`insert into invitations (id, hash, role, expires_at)
    values ('id', 'hash', 'viewer', '2026-11-29')`.execute(database);
  await migrate(database, 'sqlite');
  expect(await database.selectFrom('organizations').select('position').execute()).toEqual([
    { position: 0 },
  ]);
  expect(await database.selectFrom('invitations').select('branch').execute()).toEqual([
    { branch: 'all' },
  ]);
  expect(await database.selectFrom('tally_states').selectAll().execute()).toEqual([]);
});

describeRekeying('SQLite', 'sqlite', () => {
  const at = newFile();
  return Promise.resolve({ database: sqliteDatabase(openSqliteFile(at)), at });
});
