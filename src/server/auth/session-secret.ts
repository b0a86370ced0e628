import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartProblem } from '../start-problem.ts';
import { flush, writeDurably } from '../storage/durable-files.ts';

const FILE = 'session-secret';
const KEY_BYTES = 32;

function readOrMake(path: string): string {
  if (!existsSync(path)) {
    // Whole under its name or not there at all, whatever stops the first start; of two processes one makes it. Not by the
    // process's number: in containers that share the folder each has the number 1.
    const unfinished = `${path}.${randomUUID()}`;
    try {
      writeDurably(unfinished, randomBytes(KEY_BYTES).toString('base64url'));
      linkSync(unfinished, path);
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere) throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
    flush(dirname(path));
  }
  return readFileSync(path, 'utf8').trim();
}

/** Another key that follows from it, for another purpose: whoever has one learns no other. */
export const keyFor = (purpose: string, secret: string): string =>
  createHmac('sha256', secret).update(purpose).digest('hex');

/**
 * The key that signs session cookies: made at the first start and kept in DATA_DIR/session-secret, readable by its owner
 * alone. It is not in the database, so that a copy of the database signs nobody in; losing it signs everybody out, and
 * makes second factors worthless, which it encrypts.
 *
 * @throws StartProblem where the file cannot be used, or holds less than a key (a full disk leaves it empty)
 */
export function sessionSecret(dataDir: string): string {
  const path = join(dataDir, FILE);
  let key = '';
  try {
    key = readOrMake(path);
  } catch (error) {
    throw new StartProblem(
      `${path} cannot be used: check that the disk has space and that the file belongs to the server's user.`,
      error,
    );
  }
  if (Buffer.from(key, 'base64url').length < KEY_BYTES)
    throw new StartProblem(
      `${path} holds no key: put it back from a backup; or remove it and start again: everybody signs in anew, and who has a second factor needs a link of npm run recover.`,
    );
  return key;
}
