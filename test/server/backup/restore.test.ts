import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { makeBackup } from '#server/backup/make-backup.ts';
import { restoreBackup } from '#server/backup/restore-backup.ts';
import { numberedUuids } from '../support/numbered-uuid.ts';
import { ACCOUNT, filesOf, NOW, newOffice } from './office.ts';

const RESTORE = join(import.meta.dirname, '../../../src/server/backup/restore-backup.ts');
const MINUTE = 60_000;
const newId = numberedUuids();

const backUp = (dataDir: string, now = NOW) => makeBackup({ dataDir, to: null, now, newId }).folder;
const restore = (dataDir: string, backup: string, now = NOW) =>
  restoreBackup({ dataDir, backup, now, newId });

/** An office with responses 1 to 3 in a backup and 4 to 5 since; its server is stopped. */
async function officeWithBackup() {
  const office = newOffice();
  const opened = await office.open();
  const { server, code } = opened;
  const { epoch } = await server.send(code, [1, 2, 3]);
  const backup = backUp(office.dataDir);
  await server.send(code, [4, 5]);
  await server.close();
  return { ...office, ...opened, backup, epoch };
}

const resultsOf = ({ results }: { results: readonly { result: string }[] }) =>
  results.map(({ result }) => result);

test('a restore brings back responses, posters, accounts and sessions, and begins a new epoch', async () => {
  const { dataDir, start, backup, code, cookie, epoch } = await officeWithBackup();
  const { counts, before } = restore(dataDir, backup);
  expect(counts).toMatchObject({ responses: 3, user: 1 });
  expect(before).toMatchObject({
    folder: join(dataDir, 'before-restore-2026-11-21T14-05-00Z'),
    database: { counts: { responses: 5 }, isNewer: false },
  });

  const server = await start();
  expect(server.setUpLink).toBeNull();
  expect((await fetch(`${server.url}/s/${code}`)).status).toBe(200);
  const session = await server.ask('GET', '/api/v1/session', undefined, cookie);
  expect(await session.json()).toMatchObject({ name: ACCOUNT.name, role: 'owner' });
  expect((await server.ask('POST', '/api/v1/session', ACCOUNT)).status).toBe(201);

  const reoffered = await server.send(code, [1, 2, 3, 4, 5]);
  expect(resultsOf(reoffered)).toEqual([
    'duplicate',
    'duplicate',
    'duplicate',
    'accepted',
    'accepted',
  ]);
  expect(reoffered.epoch).not.toBe(epoch);
  await server.close();
  expect((await (await start()).send(code, [1])).epoch).toBe(reoffered.epoch);
});

test('what was there before a restore can be restored like a backup', async () => {
  const { dataDir, start, backup, code } = await officeWithBackup();
  const { before } = restore(dataDir, backup);
  const back = restore(dataDir, before?.folder ?? '', NOW + MINUTE);
  expect(back.counts.responses).toBe(5);
  expect(resultsOf(await (await start()).send(code, [5]))).toEqual(['duplicate']);
});

test('a restore on a new machine needs nothing but the backup', async () => {
  const { backup, code } = await officeWithBackup();
  const other = newOffice();
  rmSync(other.dataDir, { recursive: true });
  expect(restore(other.dataDir, backup).before).toBeNull();
  expect(resultsOf(await (await other.start()).send(code, [3, 4]))).toEqual([
    'duplicate',
    'accepted',
  ]);
});

test('a database that is damaged is kept as it is, and replaced', async () => {
  const { dataDir, mend, start, backup, code } = await officeWithBackup();
  const file = join(dataDir, 'sucharit.db');
  overwrite(file, 8192, 'x'.repeat(40_000));
  const damaged = readFileSync(file);
  expect(await mend()).toBe(
    `StartProblem: The database ${file} is damaged: put the latest backup back with \`npm run restore -- <backup folder>\`, which keeps the damaged file too.`,
  );
  const { before } = restore(dataDir, backup);
  expect(before?.database).toBeNull();
  expect(readFileSync(join(before?.folder ?? '', 'sucharit.db')).equals(damaged)).toBe(true);
  expect(resultsOf(await (await start()).send(code, [3, 4]))).toEqual(['duplicate', 'accepted']);
});

test('a backup that was put in place by hand begins a new epoch too', async () => {
  const { dataDir, start, backup, code, epoch } = await officeWithBackup();
  copyFileSync(join(backup, 'sucharit.db'), join(dataDir, 'sucharit.db'));
  const server = await start();
  const reply = await server.send(code, [3, 4]);
  expect(resultsOf(reply)).toEqual(['duplicate', 'accepted']);
  expect(reply.epoch).not.toBe(epoch);
});

test('a restore while the server runs is refused', async () => {
  const { dataDir, start, backup } = await officeWithBackup();
  const server = await start();
  expect(() => restore(dataDir, backup)).toThrow(
    `A server runs on ${dataDir}: stop it first, restore, and start it again.`,
  );
  await server.close();
  expect(restore(dataDir, backup).counts.responses).toBe(3);
});

/** Overwrites bytes of a file in place. */
function overwrite(file: string, at: number, text: string) {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, text, at);
  closeSync(descriptor);
}

/** Makes the checksums true again, as somebody would who changes a backup by hand. */
function sumAgain(backup: string) {
  const lines = ['sucharit.db', 'session-secret'].map((name) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(backup, name)))
      .digest('hex');
    return `${sum}  ${name}\n`;
  });
  writeFileSync(join(backup, 'SHA256SUMS'), lines.join(''));
}

/** Runs SQL on the backup's database and makes the checksums true. */
function change(backup: string, sql: string) {
  const handle = new Database(join(backup, 'sucharit.db'));
  handle.exec(sql);
  handle.close();
  sumAgain(backup);
}

const NOT_BACKED_UP = /sucharit\.db is not what was backed up \(its checksum differs\)/;

describe('a backup is refused, and the database left as it is, byte for byte,', () => {
  test.each<[string, (backup: string) => void, RegExp]>([
    [
      'with a byte of an answer flipped',
      (backup) => {
        const file = join(backup, 'sucharit.db');
        overwrite(file, readFileSync(file).indexOf('"answers"') + 20, '9');
      },
      NOT_BACKED_UP,
    ],
    [
      'with an answer changed and the checksums made to fit',
      (backup) => change(backup, `update responses set body = replace(body, ':1', ':2')`),
      /sucharit\.db is damaged \(3 in responses are not what was received\)/,
    ],
    [
      'with a conflict changed and the checksums made to fit',
      (backup) =>
        change(
          backup,
          `insert into conflicts
            select organization_id, fiscal_year, id, channel, day, digest, '{}', 1 from responses limit 1`,
        ),
      /sucharit\.db is damaged \(1 in conflicts are not what was received\)/,
    ],
    [
      'with a page header overwritten',
      (backup) => overwrite(join(backup, 'sucharit.db'), 4096, '\0\0\0\0'),
      NOT_BACKED_UP,
    ],
    [
      'with a page overwritten and the checksums made to fit',
      (backup) => {
        overwrite(join(backup, 'sucharit.db'), 8192, 'x'.repeat(40_000));
        sumAgain(backup);
      },
      /sucharit\.db is damaged \(its pages (do not fit together|cannot be read)\)/,
    ],
    [
      'that was cut short',
      (backup) => {
        const file = join(backup, 'sucharit.db');
        truncateSync(file, statSync(file).size - 4096);
      },
      NOT_BACKED_UP,
    ],
    [
      'that was cut short and the checksums made to fit',
      (backup) => {
        const file = join(backup, 'sucharit.db');
        truncateSync(file, statSync(file).size - 4096);
        sumAgain(backup);
      },
      /sucharit\.db is damaged/,
    ],
    [
      'without its database',
      (backup) => rmSync(join(backup, 'sucharit.db')),
      /sucharit\.db is missing: the backup is not whole/,
    ],
    [
      'without its key',
      (backup) => rmSync(join(backup, 'session-secret')),
      /session-secret is missing: the backup is not whole/,
    ],
    [
      'without its checksums',
      (backup) => rmSync(join(backup, 'SHA256SUMS')),
      /SHA256SUMS cannot be read, so nothing tells whether this backup is whole: take another/,
    ],
    [
      'with the checksums of another',
      (backup) => {
        const sums = join(backup, 'SHA256SUMS');
        writeFileSync(sums, readFileSync(sums, 'utf8').replace(/^..../, 'beef'));
      },
      NOT_BACKED_UP,
    ],
    [
      'with checksums that name other files',
      (backup) => appendFileSync(join(backup, 'SHA256SUMS'), `${'0'.repeat(64)}  ../main.ts\n`),
      /SHA256SUMS is damaged or not of a backup/,
    ],
    [
      'with empty checksums',
      (backup) => writeFileSync(join(backup, 'SHA256SUMS'), ''),
      /SHA256SUMS names no sucharit\.db/,
    ],
    [
      'that is an empty folder',
      (backup) => {
        rmSync(backup, { recursive: true });
        mkdirSync(backup);
      },
      /is no backup: give a folder that `npm run backup` made/,
    ],
    ['that is not there', (backup) => rmSync(backup, { recursive: true }), /is no backup/],
    [
      'that holds a text',
      (backup) => {
        writeFileSync(join(backup, 'sucharit.db'), 'a text\n'.repeat(1_000));
        sumAgain(backup);
      },
      /sucharit\.db is damaged/,
    ],
    [
      'that is a database of something else',
      (backup) => {
        rmSync(join(backup, 'sucharit.db'));
        change(backup, 'create table recipes (dish text)');
      },
      /sucharit\.db is no database of this program/,
    ],
    [
      'of a newer program',
      (backup) =>
        change(backup, `insert into kysely_migration values ('2099-01-01-later', '2099-01-01')`),
      /sucharit\.db is of a newer version of this program: update the program first, then restore/,
    ],
  ])('%s', async (_, sabotage, sentence) => {
    const { dataDir, start, backup, code, epoch } = await officeWithBackup();
    const present = filesOf(dataDir);
    sabotage(backup);
    expect(() => restore(dataDir, backup)).toThrow(sentence);
    expect(filesOf(dataDir)).toEqual(present);
    expect(readdirSync(dataDir).filter((name) => name.includes('restore'))).toEqual([]);
    const reply = await (await start()).send(code, [5, 6]);
    expect(resultsOf(reply)).toEqual(['duplicate', 'accepted']);
    expect(reply.epoch).toBe(epoch);
  });
});

/** Restores in a process of its own that is killed (-9) when it comes to the step. */
function restoreKilledAt(step: string, dataDir: string, backup: string) {
  const script = `
    const { restoreBackup } = await import(${JSON.stringify(RESTORE)});
    restoreBackup({
      ...${JSON.stringify({ dataDir, backup, now: NOW })},
      newId: () => crypto.randomUUID(),
      onStep(step) {
        if (step === ${JSON.stringify(step)}) process.kill(process.pid, 'SIGKILL');
      },
    });`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script]).signal;
}

describe('a restore that is killed', () => {
  test.each([
    ['copied', 5],
    ['verified', 5],
    ['kept', 5],
    ['decided', 3],
    ['logs-removed', 3],
    ['secret-placed', 3],
    ['database-placed', 3],
    ['done', 3],
  ])('when it has %s leaves a whole database, with %i responses', async (step, responses) => {
    const { dataDir, start, backup, code, cookie, epoch } = await officeWithBackup();
    expect(restoreKilledAt(step, dataDir, backup)).toBe('SIGKILL');
    const server = await start();
    const reply = await server.send(code, [1, 2, 3, 4, 5]);
    expect(resultsOf(reply).filter((result) => result === 'duplicate')).toHaveLength(responses);
    expect(reply.epoch === epoch).toBe(responses === 5);
    const session = await server.ask('GET', '/api/v1/session', undefined, cookie);
    expect(await session.json()).toMatchObject({ name: ACCOUNT.name, role: 'owner' });
    await server.close();

    const again = restore(dataDir, backup, NOW + MINUTE);
    expect(again.counts.responses).toBe(3);
    expect(again.before?.database?.counts.responses).toBe(5);
    expect(existsSync(join(dataDir, 'restore-pending'))).toBe(false);
    expect(existsSync(join(dataDir, 'restore-pending.unfinished'))).toBe(false);
  });

  test('while the database before had a log left by a killed server, does not mix the two', async () => {
    const { dataDir, start, backup, code } = await officeWithBackup();
    const server = await start();
    await server.send(code, [6]);
    // As a kill leaves it: database and log side by side.
    const killed = newOffice();
    cpSync(dataDir, killed.dataDir, { recursive: true });
    await server.close();
    expect(statSync(join(killed.dataDir, 'sucharit.db-wal')).size).toBeGreaterThan(0);
    expect(restoreKilledAt('database-placed', killed.dataDir, backup)).toBe('SIGKILL');
    const next = await killed.start();
    expect(resultsOf(await next.send(code, [3, 4, 6]))).toEqual([
      'duplicate',
      'accepted',
      'accepted',
    ]);
  });
});
