import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteFile } from '#server/storage/sqlite.ts';
import { newOffice } from '../backup/office.ts';

type Office = ReturnType<typeof newOffice>;

/** Starts and stops the server; returns the epoch that it tells devices. */
async function epochOf({ start }: Office): Promise<string> {
  const server = await start();
  const { epoch } = await server.send('22222222', [1]);
  await server.close();
  return epoch;
}

test('the epoch is random, and stays over restarts', async () => {
  const [first, second] = [newOffice(), newOffice()];
  const epoch = await epochOf(first);
  expect(await epochOf(first)).toBe(epoch);
  expect(await epochOf(first)).toBe(epoch);
  expect(await epochOf(second)).not.toBe(epoch);
});

test.each<[string, (file: string, dataDir: string) => void]>([
  ['its file is put back as it was some starts ago', (file) => copyFileSync(`${file}.old`, file)],
  [
    'its folder is put back as it was, with all that is in it',
    (_file, dataDir) => {
      cpSync(dataDir, `${dataDir}.old`, { recursive: true });
      rmSync(dataDir, { recursive: true });
      // On many a disk they get the very inodes of the files that are gone.
      cpSync(`${dataDir}.old`, dataDir, { recursive: true });
    },
  ],
  [
    'a copy of its folder is written over the files that are there',
    (_file, dataDir) => {
      for (const name of ['sucharit.db', 'database-life'])
        writeFileSync(join(dataDir, name), readFileSync(join(`${dataDir}.first`, name)));
    },
  ],
  ['it is moved without its word', (_file, dataDir) => rmSync(join(dataDir, 'database-life'))],
  [
    'its word was not written',
    (_file, dataDir) => writeFileSync(join(dataDir, 'database-life'), ''),
  ],
])('the epoch changes when %s, and stays then', async (_, change) => {
  const office = newOffice();
  const file = join(office.dataDir, 'sucharit.db');
  const epoch = await epochOf(office);
  copyFileSync(file, `${file}.old`);
  cpSync(office.dataDir, `${office.dataDir}.first`, { recursive: true });
  expect(await epochOf(office)).toBe(epoch);
  change(file, office.dataDir);
  const changed = await epochOf(office);
  expect(changed).not.toBe(epoch);
  expect(await epochOf(office)).toBe(changed);
});

test('a start that cannot write its word changes nothing', async () => {
  const office = newOffice();
  const epoch = await epochOf(office);
  const inTheWay = join(office.dataDir, 'database-life.unfinished');
  mkdirSync(inTheWay);
  expect(await office.mend()).toContain('cannot be opened: check that the disk has space');
  rmSync(inTheWay, { recursive: true });
  expect(await epochOf(office)).toBe(epoch);
});

/**
 * Starts on what a killed server leaves in its folder, changed: it is copied while the server runs, and put into the very files. What
 * devices hear then of three answers that were acknowledged, the last two of which are in the log alone.
 */
async function startKilled(change: (dataDir: string, office: Office) => void | Promise<void>) {
  const office = newOffice();
  const { start, dataDir, open } = office;
  const { server, code } = await open();
  await server.send(code, [1]);
  // As SQLite does after some hundred commits.
  const handle = openSqliteFile(join(dataDir, 'sucharit.db'));
  const emptyLog = () => handle.pragma('wal_checkpoint(TRUNCATE)');
  await expect.poll(emptyLog).toMatchObject([{ busy: 0 }]);
  handle.close();
  const { epoch } = await server.send(code, [2, 3]);
  cpSync(dataDir, `${dataDir}.killed`, { recursive: true });
  await server.close();
  for (const name of ['sucharit.db', 'sucharit.db-wal', 'sucharit.db-shm', 'server-running'])
    writeFileSync(join(dataDir, name), readFileSync(join(`${dataDir}.killed`, name)));
  await change(dataDir, office);
  const again = await start();
  const reply = await again.send(code, [1, 2, 3]);
  return {
    isSameEpoch: reply.epoch === epoch,
    results: reply.results.map(({ result }) => result),
  };
}

test('the epoch stays where a server was killed, and changes where its log is gone as well', async () => {
  expect(await startKilled(() => undefined)).toEqual({
    isSameEpoch: true,
    results: ['duplicate', 'duplicate', 'duplicate'],
  });
  expect(await startKilled((dataDir) => rmSync(join(dataDir, 'sucharit.db-wal')))).toEqual({
    isSameEpoch: false,
    results: ['duplicate', 'accepted', 'accepted'],
  });
});

test('the epoch changes where the log is gone, also behind a start that failed', async () => {
  const after = await startKilled(async (dataDir, { mend }) => {
    rmSync(join(dataDir, 'sucharit.db-wal'));
    const inTheWay = join(dataDir, 'database-life.unfinished');
    mkdirSync(inTheWay);
    expect(await mend()).toContain('cannot be opened');
    rmSync(inTheWay, { recursive: true });
  });
  expect(after).toEqual({ isSameEpoch: false, results: ['duplicate', 'accepted', 'accepted'] });
});
