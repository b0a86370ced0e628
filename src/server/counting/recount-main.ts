// `npm run recount`: counts all responses and compares with the tallies that the figures are made of, also while the server runs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, say } from '../backup/run-command.ts';
import type { Config } from '../config.ts';
import { readInstruments } from '../read-definitions.ts';
import { StartProblem } from '../start-problem.ts';
import { createStorage } from '../storage/create-storage.ts';
import { databaseFile } from '../storage/data-files.ts';
import { postgresDatabase } from '../storage/postgres.ts';
import { openSqliteFile, sqliteDatabase } from '../storage/sqlite.ts';
import { cryptoRandomness } from '../randomness.ts';
import { recountAll } from './recount.ts';

/** So often it tells how far it is. */
const TELL_EVERY = 100_000;

function open({ database, dataDir }: Config) {
  if (database.kind === 'postgres') return postgresDatabase(database.url, () => undefined);
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new StartProblem(`There is no database in ${dataDir}: name its folder with DATA_DIR.`);
  return sqliteDatabase(openSqliteFile(file));
}

await runCommand(null, async (config) => {
  const database = open(config);
  const tables = await database.introspection.getTables();
  if (!tables.some(({ name }) => name === 'tally_states')) {
    await database.destroy();
    throw new StartProblem(
      'This database is not of this version yet: start the server once with it, then try again.',
    );
  }
  const storage = createStorage(database, cryptoRandomness.uuid);
  try {
    const instruments = readInstruments(join(import.meta.dirname, '../../core/instruments'));
    const wrong = await recountAll(
      { storage, instruments },
      {
        onProgress: (counted) => {
          if (counted % TELL_EVERY === 0) say(`${counted.toLocaleString('en')} responses counted`);
        },
        onResult: ({ organization, fiscalYear, instrument, check }) =>
          say(`${organization} ${fiscalYear}, ${instrument}: ${check}`),
      },
    );
    say(
      wrong === 0
        ? 'All tallies are what the responses say.'
        : `${wrong} tallies were not what the responses say, and were counted anew.`,
    );
  } finally {
    await storage.close();
  }
});
