// The names in DATA_DIR that more than one part of the server knows.
import { join } from 'node:path';

export const databaseFile = (dataDir: string) => join(dataDir, 'sucharit.db');

/** Beside the database: the word by which the server knows it for the one it last ran on. */
export const lifeFile = (dataDir: string) => join(dataDir, 'database-life');
