// Commands on a database that another version of the program made, or that is just being brought up to date.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import { addFormerOffice } from '../storage/former-office.ts';

const SERVER = join(import.meta.dirname, '../../../src/server');

const COMMANDS = {
  recount: ['counting/recount-main.ts'],
  recover: ['recovery/recover-main.ts', 'somchai'],
  move: ['move/move-main.ts'],
  backup: ['backup/backup-main.ts'],
  restore: ['backup/restore-main.ts'],
} as const;

/** Runs the command as npm does. Nothing listens where it would move to. */
function run(command: keyof typeof COMMANDS, dataDir: string, words: readonly string[] = []) {
  const [file, ...always] = COMMANDS[command];
  const target = command === 'move' ? { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } : {};
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(SERVER, file), ...always, ...words],
    { env: { ...process.env, DATA_DIR: dataDir, ...target } },
  );
  return { status, output: stdout.toString(), errors: stderr.toString() };
}

/** The one sentence that the command ends in. */
function refusal(...[command, dataDir, words]: Parameters<typeof run>): string {
  const { status, output, errors } = run(command, dataDir, words);
  expect({ status, output }).toEqual({ status: 1, output: '' });
  expect(errors).toMatch(/^[^\n]+\.\n$/);
  return errors.trim();
}

/** The folder of an office whose database has the tables from before keys began with the organization. */
async function olderOffice() {
  const dataDir = mkdtempSync(join(tmpdir(), 'sucharit-older-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const file = join(dataDir, 'sucharit.db');
  const database = sqliteDatabase(openSqliteFile(file));
  const former = Object.entries(migrationsFor('sqlite')).filter(([name]) => name < '2026-11-22-zg');
  await migrate(database, 'sqlite', Object.fromEntries(former));
  await addFormerOffice(database);
  await database.destroy();
  return { dataDir, file };
}

const OLDER = /is not of this version yet: start the server once with it \(or wait/;

describe('on a database of an older version', () => {
  test('recount, recover and move say to start the server once, also while it is brought up to date', async () => {
    const { dataDir, file } = await olderOffice();
    for (const command of ['recount', 'recover'] as const)
      expect(refusal(command, dataDir)).toMatch(OLDER);
    expect(refusal('move', dataDir)).toMatch(
      /is of an older version: start this version on it once/,
    );
    const server = new Database(file);
    server.exec("begin immediate; insert into kysely_migration values ('half-way', '2026-11-22')");
    for (const command of ['recount', 'recover'] as const)
      expect(refusal(command, dataDir)).toMatch(OLDER);
    server.close();
  });

  test('backup and restore do what they are for', async () => {
    const { dataDir } = await olderOffice();
    const made = run('backup', dataDir);
    expect({ status: made.status, errors: made.errors }).toEqual({ status: 0, errors: '' });
    const folder = /The backup is in (.*)/.exec(made.output)?.[1] ?? '';
    const restored = run('restore', dataDir, [folder]);
    expect({ status: restored.status, errors: restored.errors }).toEqual({ status: 0, errors: '' });
    const told: object[] = [];
    const start = () =>
      openDatabase({ kind: 'sqlite' }, dataDir, {
        newId: randomUUID,
        onLostConnection: () => undefined,
        onUpdate: (update) => told.push(update),
      });
    await (await start()).database.destroy();
    const begins = { state: 'begins', changes: expect.any(Number) };
    expect(told).toEqual([begins, { state: 'made' }]);
    // Told once, and of changes.
    const { database } = await start();
    expect(told).toHaveLength(2);
    expect(await database.selectFrom('channels').select('code').execute()).toHaveLength(1);
    await database.destroy();
  });
});

test('on a database of a newer version every command says so', async () => {
  const { dataDir, file } = await olderOffice();
  const made = run('backup', dataDir, ['--to', join(dataDir, 'of-before')]);
  const folder = /The backup is in (.*)/.exec(made.output)?.[1] ?? '';
  const handle = new Database(file);
  handle.exec("insert into kysely_migration values ('2099-01-01-later', '2099-01-01')");
  handle.close();
  for (const command of ['recount', 'recover', 'move', 'backup'] as const)
    expect(refusal(command, dataDir)).toMatch(/was used by a newer version of this program/);
  // What was put aside before is no newer than this version; what came since stays for whoever updates again.
  const { status, output } = run('restore', dataDir, [folder]);
  expect(status).toBe(0);
  const [, kept = '', words] = /^What was here is kept in (\S+), (with .*)$/m.exec(output) ?? [];
  expect(words).toBe(
    'with 0 responses: as many as now. It is of a newer version of this program, and can be restored with that like a backup; remove it when all is well.',
  );
  expect(refusal('restore', dataDir, [kept])).toMatch(
    /is of a newer version of this program: update the program first, then restore\.$/,
  );
});

test('on no database, and on one of something else, recount says so', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sucharit-older-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  expect(refusal('recount', dataDir)).toContain('There is no database in');
  const other = new Database(join(dataDir, 'sucharit.db'));
  other.exec('create table other (id text)');
  other.close();
  expect(refusal('recount', dataDir)).toMatch(OLDER);
});
