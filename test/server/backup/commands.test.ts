import { spawnSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markMoved } from '#server/move/moved-mark.ts';
import { newOffice } from './office.ts';

const BACKUP = join(import.meta.dirname, '../../../src/server/backup');

/** Runs `npm run backup` or `npm run restore` as npm does. */
function run(command: 'backup' | 'restore', dataDir: string, words: string[] = [], env = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(BACKUP, `${command}-main.ts`), ...words],
    { env: { ...process.env, DATA_DIR: dataDir, ...env } },
  );
  return { status, output: stdout.toString(), errors: stderr.toString() };
}

/** The one sentence that the command ends in. */
function refusal(command: 'backup' | 'restore', dataDir: string, words: string[] = [], env = {}) {
  const { status, output, errors } = run(command, dataDir, words, env);
  expect({ status, output }).toEqual({ status: 1, output: '' });
  expect(errors).toMatch(/^[^\n]+\.\n$/);
  return errors.trim();
}

test('a backup is made beside a running server and restored when it is stopped, each told in plain words', async () => {
  const { folder, dataDir, open, start } = newOffice();
  const { server, code } = await open();
  await server.send(code, [1, 2, 3]);
  const made = run('backup', dataDir, ['--to', join(folder, 'stick')]);
  expect({ ...made, output: '' }).toEqual({ status: 0, errors: '', output: '' });
  expect(made.output).toMatch(/^The backup is in .*\/stick\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\n/);
  expect(made.output).toMatch(/^ +3 {2}responses$/m);
  expect(made.output).toMatch(/^ +1 {2}accounts$/m);
  const backup = /The backup is in (.*)/.exec(made.output)?.[1] ?? '';

  await server.send(code, [4]);
  expect(refusal('restore', dataDir, [backup])).toBe(
    `A server runs on ${dataDir}: stop it first, restore, and start it again.`,
  );
  await server.close();
  const restored = run('restore', dataDir, [backup], { REOFFER_DAYS: '30' });
  expect({ ...restored, output: '' }).toEqual({ status: 0, errors: '', output: '' });
  expect(restored.output).toContain(`Restored ${backup} into ${dataDir}\n`);
  expect(restored.output).toMatch(/before-restore-\S+, with 4 responses: 1 more than now\./);
  expect(restored.output).toContain('offer again what they sent in the last 30 days');
  expect((await (await start()).send(code, [3, 4])).results).toMatchObject([
    { result: 'duplicate' },
    { result: 'accepted' },
  ]);
});

test('of an office that was moved no backup is made, and a restore says what no server starts beside', async () => {
  const { folder, dataDir, open, mend } = newOffice();
  const { server } = await open();
  await server.close();
  const { output } = run('backup', dataDir, ['--to', join(folder, 'stick')]);
  const backup = /The backup is in (.*)/.exec(output)?.[1] ?? '';
  markMoved(dataDir, '2026-11-20');
  const mark = join(dataDir, 'moved-to-postgresql');
  expect(refusal('backup', dataDir)).toContain('was moved to PostgreSQL');
  const restored = run('restore', dataDir, [backup]);
  expect(restored.status).toBe(0);
  expect(restored.output).toContain(`remove ${mark}, and start`);
  expect(restored.output).not.toContain('Next: start the server.');
  rmSync(mark);
  expect(await mend()).toBe('started');
});

test('words that are not known, and PostgreSQL, end in a sentence', () => {
  const { dataDir } = newOffice();
  const postgres = { DATABASE_URL: 'postgres://clerk:secret@db/ita' };
  expect(refusal('backup', dataDir, ['--too', 'x'])).toContain('use `npm run backup`');
  expect(refusal('backup', dataDir, [], postgres)).toContain('pg_dump');
  expect(refusal('restore', dataDir)).toContain('use `npm run restore -- <backup folder>`');
  expect(refusal('restore', dataDir, ['a', 'b'])).toContain('Say which backup');
  expect(refusal('restore', dataDir, ['--latest'])).toContain('Say which backup');
  expect(refusal('restore', dataDir, ['a'], postgres)).toContain('pg_restore');
  expect(refusal('restore', dataDir, [dataDir])).toContain('is no backup');
  expect(refusal('backup', dataDir, [], { REOFFER_DAYS: 'x' })).toContain('REOFFER_DAYS');
});

test('a place that cannot be written ends in a sentence', async () => {
  const { folder, dataDir, open } = newOffice();
  await open();
  writeFileSync(join(folder, 'a-file'), '');
  expect(refusal('backup', dataDir, ['--to', join(folder, 'a-file', 'in-it')])).toContain(
    'cannot be read or written',
  );
  expect(refusal('backup', dataDir, ['--to', '/proc'])).toContain('cannot be read or written');
  expect(refusal('backup', dataDir, ['--to', join(folder, 'n'.repeat(300))])).toContain(
    'cannot be read or written',
  );
  expect(refusal('backup', dataDir, ['--to', join(folder, 'no-disk', 'backups')])).toBe(
    `${join(folder, 'no-disk')} is not there: connect its disk, or name another folder with --to.`,
  );
});

test('root is sent to the user whose folder it is', () => {
  const { dataDir } = newOffice();
  // Nobody else can give a folder away, and whose it is already is served.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(dataDir, 65_534, 0);
  expect(refusal('restore', dataDir)).toContain(
    isRoot
      ? `${dataDir} belongs to another user: run this as that user, with sudo -u '#65534'.`
      : 'Say which backup',
  );
});
