// A backup that somebody else made: its list of files says where they would be written.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { restoreBackup } from '#server/backup/restore-backup.ts';

const CLIMBING = [
  '../session-secret',
  './sucharit.db',
  '/etc/cron.d/evil',
  'sub/../sucharit.db',
  '..\\session-secret',
  'sucharit.db/',
  'database-life',
  'server-lock.db',
  '__proto__',
];

test('a file of a backup is written under its own name in the data’s folder, and nowhere else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-attack-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [dataDir, backup] = [join(folder, 'data'), join(folder, 'backup')];
  mkdirSync(backup);
  const content = 'written by an attacker';
  const sum = createHash('sha256').update(content).digest('hex');
  writeFileSync(join(folder, 'session-secret'), content);
  writeFileSync(join(backup, 'sucharit.db'), content);
  for (const name of CLIMBING) {
    writeFileSync(join(backup, 'SHA256SUMS'), `${sum}  sucharit.db\n${sum}  ${name}\n`);
    const restore = () => restoreBackup({ dataDir, backup, now: 0, newId: () => 'one' });
    expect(restore).toThrow('is damaged or not of a backup');
  }
  expect(existsSync(dataDir)).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['backup', 'session-secret']);
});
