import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'session-secret';
const OWNER_ONLY = 0o600;

/**
 * The key that signs session cookies: made at the first start and kept in DATA_DIR/session-secret, readable by its owner
 * alone. It is not in the database, so that a copy of the database signs nobody in; losing it signs everybody out, no more.
 */
export function sessionSecret(dataDir: string): string {
  const path = join(dataDir, FILE);
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: OWNER_ONLY });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  }
  return readFileSync(path, 'utf8');
}
