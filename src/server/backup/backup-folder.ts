// A backup is a folder: the database, the key of the sessions, and the checksums of both.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { flush, OWNER_ONLY_FILE, writeDurably } from '../storage/durable-files.ts';
import { BackupProblem } from './backup-problem.ts';

export const OWNER_ONLY_FOLDER = 0o700;
export const DATABASE = 'sucharit.db';
export const SECRET = 'session-secret';
const CHECKSUMS = 'SHA256SUMS';
const CHUNK_BYTES = 1024 * 1024;

/** A moment as a folder's name, in UTC: 2026-11-21T14-05-00Z. Milliseconds since 1970. */
export function folderNameOf(now: number): string {
  return new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

function sha256OfFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    for (;;) {
      const bytes = readSync(descriptor, chunk);
      if (bytes === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytes));
    }
  } finally {
    closeSync(descriptor);
  }
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

/**
 * Makes a folder, and those it is in, for their owner alone, where they are not there. One by one: mkdirSync's own way tries for ever where a
 * file system makes none and says that the one around it is missing, as /proc does.
 *
 * @throws the file system's error
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (isFolder(folder)) return;
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: OWNER_ONLY_FOLDER });
  } catch (error) {
    // Of servers that start together another may be quicker.
    if (!isFolder(folder)) throw error;
  }
}

/** Lets nobody but its owner read a file, and puts it on disk. */
export function protectDurably(path: string): void {
  chmodSync(path, OWNER_ONLY_FILE);
  flush(path);
}

export function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  protectDurably(to);
}

/** Writes the checksums of the files as `sha256sum -c SHA256SUMS` reads them. */
export function writeChecksums(folder: string, names: readonly string[]): void {
  const lines = names.map((name) => `${sha256OfFile(join(folder, name))}  ${name}\n`);
  writeDurably(join(folder, CHECKSUMS), lines.join(''));
}

/**
 * The checksum of each file of a backup, by name.
 *
 * @throws BackupProblem if the folder is no backup
 */
export function readChecksums(folder: string): Map<string, string> {
  let text = '';
  try {
    text = readFileSync(join(folder, CHECKSUMS), 'utf8');
  } catch (error) {
    if (existsSync(join(folder, DATABASE)))
      throw new BackupProblem(
        `${join(folder, CHECKSUMS)} cannot be read, so nothing tells whether this backup is whole: take another.`,
        error,
      );
    throw new BackupProblem(
      `${folder} is no backup: give a folder that \`npm run backup\` made, such as data/backups/2026-11-21T14-05-00Z.`,
      error,
    );
  }
  const checksums = new Map<string, string>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [, checksum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
    const isKnown = name === DATABASE || name === SECRET;
    if (checksum === undefined || !isKnown)
      throw new BackupProblem(
        `${join(folder, CHECKSUMS)} is damaged or not of a backup: take another backup.`,
      );
    checksums.set(name, checksum);
  }
  if (!checksums.has(DATABASE))
    throw new BackupProblem(
      `${join(folder, CHECKSUMS)} names no ${DATABASE}: the backup is damaged, take another.`,
    );
  return checksums;
}

/**
 * Copies the files of a backup and compares each copy with its checksum.
 *
 * @throws BackupProblem if a file is missing or is not the one that was backed up
 */
export function copyChecked(folder: string, to: string): string[] {
  const checksums = readChecksums(folder);
  for (const [name, checksum] of checksums) {
    try {
      copyDurably(join(folder, name), join(to, name));
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) throw error;
      throw new BackupProblem(
        `${join(folder, name)} is missing: the backup is not whole, take another.`,
        error,
      );
    }
    if (sha256OfFile(join(to, name)) !== checksum)
      throw new BackupProblem(
        `${join(folder, name)} is not what was backed up (its checksum differs): the backup is damaged, take another.`,
      );
  }
  return [...checksums.keys()];
}
