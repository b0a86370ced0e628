import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newOffice } from '../backup/office.ts';
import { envelope } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const SERVER = join(import.meta.dirname, '../../../src/server');

/** An office with 100 responses, whose server is stopped. */
async function stoppedOffice() {
  const office = newOffice();
  const { server, code } = await office.open();
  const { epoch } = await server.send(
    code,
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  await server.close();
  return { ...office, code, epoch, file: join(office.dataDir, 'sucharit.db') };
}

function overwrite(file: string, at: number, bytes: Uint8Array) {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

describe('a start on a file that is damaged is refused with the mend', () => {
  test.each<[string, (file: string) => void]>([
    [
      'a page of answers is overwritten',
      (file) => {
        const page = Math.floor(readFileSync(file).lastIndexOf('"answers"') / 4096);
        overwrite(file, page * 4096, new Uint8Array(4096).fill(7));
      },
    ],
    ['its end is missing', (file) => truncateSync(file, statSync(file).size - 3 * 4096)],
    ['half a page is missing', (file) => truncateSync(file, statSync(file).size - 2048)],
    ['it holds a text', (file) => writeFileSync(file, 'no database\n'.repeat(1_000))],
    ['its first bytes are gone', (file) => overwrite(file, 0, new Uint8Array(100))],
  ])('%s', async (_, damage) => {
    const { mend, file } = await stoppedOffice();
    damage(file);
    expect(await mend()).toBe(
      `StartProblem: The database ${file} is damaged: put the latest backup back with \`npm run restore -- <backup folder>\`, which keeps the damaged file too.`,
    );
    // Refused again, and not half open.
    expect(await mend()).toContain('is damaged');
  });
});

test.each<[string, (file: string) => void]>([
  ['gone', (file) => rmSync(file)],
  ['empty', (file) => truncateSync(file, 0)],
])('a start on a file that is %s is refused: an empty database would hide it', async (_, lose) => {
  const { dataDir, mend, start, code, file } = await stoppedOffice();
  lose(file);
  expect(await mend()).toBe(
    `StartProblem: The database ${file} is gone or empty: put the latest backup back with \`npm run restore -- <backup folder>\`, or remove ${dataDir}/database-life to begin without answers.`,
  );
  rmSync(join(dataDir, 'database-life'));
  const server = await start();
  expect(server.setUpLink).not.toBeNull();
  expect((await server.send(code, [1])).results).toMatchObject([{ result: 'refused' }]);
});

test('a start on a database of a newer program is refused with the mend', async () => {
  const { mend, file } = await stoppedOffice();
  const handle = new Database(file);
  handle.exec("insert into kysely_migration values ('2099-01-01-later', '2099-01-01')");
  handle.close();
  expect(await mend()).toBe(
    `StartProblem: The database ${file} was used by a newer version of this program: start that version, or put a backup of this one back.`,
  );
});

test('a start on a file that another program holds is refused with the mend', async () => {
  const { mend, start, file } = await stoppedOffice();
  const tool = new Database(file);
  tool.exec('begin immediate');
  expect(await mend()).toBe(
    `StartProblem: The database ${file} is held by another program: close that program, such as a tool for databases.`,
  );
  tool.close();
  await start();
});

/** Opens the office's database in a process of a user who is not root; what it says of it. */
function mendForPlainUser(dataDir: string): string {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(join(SERVER, 'storage/open-database.ts'))});
    const { sqliteProblem } = await import(${JSON.stringify(join(SERVER, 'storage/start-mend.ts'))});
    const dataDir = ${JSON.stringify(dataDir)};
    const newId = () => crypto.randomUUID();
    await openDatabase({ kind: 'sqlite' }, dataDir, { newId }).then(
      () => console.log('opened'),
      (error) => console.log(sqliteProblem(error, dataDir).message),
    );`;
  const args = ['--input-type=module', '--eval', script];
  const nobody = process.getuid?.() === 0 ? { uid: NOBODY } : {};
  const { stdout, stderr } = spawnSync(process.execPath, args, nobody);
  return `${stdout.toString()}${stderr.toString()}`.trim();
}

const NOBODY = 65_534;

test.each<[string, (dataDir: string, file: string) => void]>([
  ['file', (_dataDir, file) => chmodSync(file, 0o444)],
  ['folder', (dataDir) => chmodSync(dataDir, 0o555)],
])('a start on a %s that cannot be written is refused with the mend', async (_, protect) => {
  const { folder, dataDir, file } = await stoppedOffice();
  chmodSync(folder, 0o755);
  if (process.getuid?.() === 0)
    for (const path of [dataDir, file, join(dataDir, 'database-life')]) chownSync(path, NOBODY, 0);
  onTestFinished(() => chmodSync(dataDir, 0o755));
  expect(mendForPlainUser(dataDir)).toBe('opened');
  protect(dataDir, file);
  expect(mendForPlainUser(dataDir)).toBe(
    `The database ${file} cannot be written: let the server's user write to it, to the files beside it and to their folder.`,
  );
});

/** A server in a process of its own, with a way to send and to kill -9. */
async function startProcess({ dataDir, distFolder }: { dataDir: string; distFolder: string }) {
  const script = `
    const { startServer } = await import(${JSON.stringify(join(SERVER, 'start-server.ts'))});
    const { getConfig } = await import(${JSON.stringify(join(SERVER, 'config.ts'))});
    const { cryptoRandomness: randomness } = await import(${JSON.stringify(join(SERVER, 'randomness.ts'))});
    const log = { info() {}, error() {} };
    const { dataDir, distFolder } = ${JSON.stringify({ dataDir, distFolder })};
    const config = { ...getConfig({}), port: 0, dataDir };
    const { url } = await startServer(config, { now: Date.now, randomness, log, distFolder });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('one server has the folder for itself until it ends, also by kill -9, and then all that it acknowledged is there', async () => {
  const office = await stoppedOffice();
  const { start, mend, dataDir, code, epoch } = office;
  const other = await startProcess(office);
  const inUse = `StartProblem: The folder ${dataDir} is in use: stop the other server or the restore first, or name another folder with DATA_DIR.`;
  expect(await mend()).toBe(inUse);
  const envelopes = [101, 102].map((id) => envelope(id, code));
  const body = JSON.stringify({ envelopes });
  const reply = await fetch(`${other.url}/api/v1/batches`, { method: 'POST', body });
  expect(await reply.json()).toMatchObject({
    epoch,
    results: [{ result: 'accepted' }, { result: 'accepted' }],
  });
  await other.kill();
  const server = await start();
  const again = await server.send(code, [101, 102]);
  expect(again).toMatchObject({
    epoch,
    results: [
      { id: numberedUuid(101), result: 'duplicate' },
      { id: numberedUuid(102), result: 'duplicate' },
    ],
  });
  expect(await mend()).toBe(inUse);
});
