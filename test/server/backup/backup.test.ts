import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeBackup } from '#server/backup/make-backup.ts';
import { numberedUuid, numberedUuids } from '../support/numbered-uuid.ts';
import { NOW, newOffice } from './office.ts';

const newId = numberedUuids();
const backUp = (dataDir: string, to: string | null = null) =>
  makeBackup({ dataDir, to, now: NOW, newId });

/** The ids in a table of a database file. */
function idsIn(file: string, table: string): string[] {
  const handle = new Database(file, { readonly: true });
  const ids = handle.prepare<[], string>(`select id from ${table} order by id`).pluck().all();
  handle.close();
  return ids;
}

test('a backup is made while the server takes responses, and holds what was acknowledged before', async () => {
  const { dataDir, open } = newOffice();
  const { server, code } = await open();
  await server.send(code, [1, 2, 3]);
  const meanwhile = server.send(code, [4, 5, 6]);
  const { folder, counts } = backUp(dataDir);
  expect(folder).toBe(join(dataDir, 'backups', '2026-11-21T14-05-00Z'));
  expect(counts).toMatchObject({ responses: 3, assessments: 1, departments: 3, user: 1 });
  expect(idsIn(join(folder, 'sucharit.db'), 'responses')).toEqual([1, 2, 3].map(numberedUuid));
  expect((await meanwhile).results).toHaveLength(3);
  expect(await server.send(code, [1, 7])).toMatchObject({
    results: [{ result: 'duplicate' }, { result: 'accepted' }],
  });
  expect(server.errors).toEqual([]);
});

test('a backup is one file with the key and the checksums, for its owner alone', async () => {
  const { dataDir, open } = newOffice();
  await open();
  const { folder } = backUp(dataDir);
  expect(readdirSync(folder).toSorted()).toEqual(['SHA256SUMS', 'session-secret', 'sucharit.db']);
  const modes = ['.', 'SHA256SUMS', 'session-secret', 'sucharit.db'].map(
    (name) => statSync(join(folder, name)).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
  expect(checked.toString()).toBe('sucharit.db: OK\nsession-secret: OK\n');
});

test('a backup goes where it is told, also of a server that was killed, and never over another', async () => {
  const { folder, dataDir, open } = newOffice();
  const { server, code } = await open();
  await server.send(code, [1]);
  await server.close();
  const to = join(folder, 'elsewhere');
  expect(backUp(dataDir, to).folder).toBe(join(to, '2026-11-21T14-05-00Z'));
  expect(() => backUp(dataDir, to)).toThrow('is there already: wait a second and try again.');
});

test('a backup holds nothing of what was deleted', async () => {
  const { dataDir, open } = newOffice();
  const { server } = await open();
  await server.close();
  const handle = new Database(join(dataDir, 'sucharit.db'));
  handle.exec('pragma secure_delete = off; create table gone (words text)');
  handle.prepare('insert into gone values (?)').run('to be forgotten '.repeat(1_000));
  handle.exec('drop table gone');
  handle.close();
  const { folder } = backUp(dataDir);
  const words = execFileSync('grep', ['-c', '-a', 'to be forgotten', 'sucharit.db'], {
    cwd: dataDir,
  });
  expect(Number(words.toString())).toBeGreaterThan(0);
  expect(() =>
    execFileSync('grep', ['-a', 'to be forgotten', 'sucharit.db'], { cwd: folder }),
  ).toThrow('Command failed');
});

test('of a damaged body there is no backup, and nothing is left of the attempt', async () => {
  const { dataDir, open } = newOffice();
  const { server, code } = await open();
  await server.send(code, [1, 2]);
  const handle = new Database(join(dataDir, 'sucharit.db'));
  handle.prepare('update responses set body = ? where id = ?').run('{}', numberedUuid(2));
  handle.close();
  expect(() => backUp(dataDir)).toThrow(
    `The database ${dataDir}/sucharit.db is damaged (1 in responses are not what was received), so this backup would be too: keep the older backups`,
  );
  expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
});

test('of a folder without a database, or with one of something else, there is no backup', () => {
  const { dataDir } = newOffice();
  expect(() => backUp(dataDir)).toThrow(
    `There is no database in ${dataDir}: name the folder of the server's data with DATA_DIR.`,
  );
  writeFileSync(join(dataDir, 'sucharit.db'), '');
  expect(() => backUp(dataDir)).toThrow('There is no database');
  expect(existsSync(join(dataDir, 'backups'))).toBe(false);

  const handle = new Database(join(dataDir, 'sucharit.db'));
  handle.exec('create table recipes (dish text)');
  handle.close();
  expect(() => backUp(dataDir)).toThrow('holds no answers of this program');
});

test('while a restore is half done there is no backup', async () => {
  const { dataDir, open } = newOffice();
  await (await open()).server.close();
  mkdirSync(join(dataDir, 'restore-pending'));
  expect(() => backUp(dataDir)).toThrow('was interrupted: start the server, which ends it');
});
