// The names in DATA_DIR that more than one part of the server knows.
import { join } from 'node:path';

export const databaseFile = (dataDir: string) => join(dataDir, 'sucharit.db');

/** Beside the database: the word by which the server knows it for the one it last ran on. */
export const lifeFile = (dataDir: string) => join(dataDir, 'database-life');

/** Of a SQLite database that a server has open, or left by a crash: what was committed and is not in the database's own file yet. */
export const logFile = (dataDir: string) => `${databaseFile(dataDir)}-wal`;

/** There while a server has the database open. */
export const runningFile = (dataDir: string) => join(dataDir, 'server-running');
