import { existsSync, statSync } from 'node:fs';
import { type Config, getConfig } from '../config.ts';
import { StartProblem } from '../start-problem.ts';
import { BackupProblem } from './backup-problem.ts';

const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;
const UNUSABLE =
  /^(EACCES|EPERM|EROFS|EEXIST|ENOENT|ENOTDIR|EISDIR|EIO|ELOOP|ENAMETOOLONG|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|SQLITE_BUSY)/;

/** The sentence for an error that a person can mend; null for any other. */
function sentenceFor(error: unknown): string | null {
  if (error instanceof BackupProblem || error instanceof StartProblem) return error.message;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  const where = 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : '';
  if (FULL.test(error.code))
    return `The disk is full${where}: make space and try again; nothing was changed.`;
  if (UNUSABLE.test(error.code))
    return `A file or folder cannot be read or written${where}: run this as the server's user, and give a folder that this user may write to.`;
  return null;
}

/** Root would leave files that the server's own user cannot open. */
function refuseForeignRoot(dataDir: string): void {
  if (process.getuid?.() !== 0 || !existsSync(dataDir)) return;
  const { uid } = statSync(dataDir);
  if (uid !== 0)
    throw new BackupProblem(
      `${dataDir} belongs to another user: run this as that user, with sudo -u '#${uid}'.`,
    );
}

export const say = (...lines: string[]) => void process.stdout.write(`${lines.join('\n')}\n`);

/**
 * Runs a command on the database of the environment's configuration. What a person can mend ends in one sentence and exit
 * code 1. `onPostgres`: what to do instead where there is no SQLite; null = it works there too.
 */
export async function runCommand(
  onPostgres: string | null,
  command: (config: Config) => void | Promise<void>,
): Promise<void> {
  try {
    const config = getConfig(process.env);
    if (config.database.kind === 'sqlite') refuseForeignRoot(config.dataDir);
    else if (onPostgres !== null) throw new BackupProblem(onPostgres);
    await command(config);
  } catch (error) {
    const sentence = sentenceFor(error);
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    // Whatever is open: a PostgreSQL that is given no password keeps its connection for a minute.
    process.exit(1);
  }
}
