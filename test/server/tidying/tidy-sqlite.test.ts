import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { checkDatabaseFile } from '#server/backup/check-database-file.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { openSqliteFile } from '#server/storage/sqlite.ts';
import { sqliteTidying } from '#server/tidying/tidy-sqlite.ts';
import { ASSESSMENT } from '../support/fixtures.ts';

const CHANNEL = 'AAAAAAAA';
const CHILD = join(import.meta.dirname, 'tidy-until-killed.ts');

async function office() {
  const dataDir = mkdtempSync(join(tmpdir(), 'sucharit-tidying-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { database } = await openDatabase({ kind: 'sqlite' }, dataDir, {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  const storage = createStorage(database, randomUUID);
  const [department, service, state] = [null, null, 'open'] as const;
  await storage.createAssessment(ASSESSMENT, [
    {
      code: CHANNEL,
      assessment: ASSESSMENT.id,
      instrument: 'iit-2567',
      department,
      service,
      state,
    },
  ]);
  return { dataDir, file: databaseFile(dataDir), database, storage };
}

/** Kills the process once it has said that many lines; resolves to what it said. */
async function killAfter(lines: number, dataDir: string): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, dataDir, CHANNEL], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    // Somewhere in the tidying that follows.
    if (said.split('\n').length > lines) setTimeout(() => child.kill('SIGKILL'), lines % 7);
  });
  await new Promise((resolve) => {
    child.once('close', resolve);
  });
  return said.split('\n').slice(0, -1);
}

test('a process that is killed while it tidies has lost nothing that it acknowledged', async () => {
  const { dataDir, file, database } = await office();
  await database.destroy();
  const acknowledged: string[] = [];
  for (const lines of [20, 33, 46, 59]) acknowledged.push(...(await killAfter(lines, dataDir)));
  expect(acknowledged.length).toBeGreaterThan(150);

  const handle = openSqliteFile(file);
  const stored = new Set(handle.prepare<[], string>('select id from responses').pluck().all());
  handle.close();
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  // At most the one transaction of each that had not been told of yet.
  expect(stored.size - acknowledged.length).toBeLessThanOrEqual(4 * 5);
  expect(checkDatabaseFile(file).state).toBe('sound');
});

test('says that something is left while another program reads, and does it once that has ended', async () => {
  const { file, database } = await office();
  onTestFinished(() => database.destroy());
  const tidying = sqliteTidying(database, file);
  const reader = openSqliteFile(file);
  reader.exec('begin');
  reader.prepare('select count(*) from assessments').get();
  expect(await tidying.tidy()).toBe(false);
  reader.exec('commit');
  reader.close();
  expect(await tidying.tidy()).toBe(true);
  expect(await tidying.isQuick()).toBe(true);
});

test('lets everybody else go on while it meets a reading, and does it once that has ended', async () => {
  const { file, database } = await office();
  onTestFinished(() => database.destroy());
  const reader = openSqliteFile(file);
  reader.exec('begin');
  reader.prepare('select count(*) from assessments').get();
  // In the next turn of the event loop: there is none where the tidying waits within SQLite.
  setImmediate(() => {
    reader.exec('commit');
    reader.close();
  });
  expect(await sqliteTidying(database, file).tidy()).toBe(true);
  const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(database);
  expect(rows).toEqual([{ timeout: 250 }]);
});

test('a file that cannot be looked at is told as an error, and does not end the server', async () => {
  const { database, dataDir } = await office();
  const look = sqliteTidying(database, join(dataDir, 'gone', 'away.db')).isQuick();
  await expect(look).rejects.toThrow(/ENOENT/);
  await database.destroy();
});
