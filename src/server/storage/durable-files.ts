// Files that are there after a power cut, whole or not at all.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const OWNER_ONLY_FILE = 0o600;

/** Puts a file's content, or a folder's list of names, on disk. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a file or folder its name for good. Whoever reads finds what was there before, or all of the new. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  flush(dirname(to));
}

/** Writes a small file that its owner alone can read, in place of the one before. */
export function writeDurably(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text, { mode: OWNER_ONLY_FILE });
  flush(unfinished);
  renameDurably(unfinished, path);
}
