import { existsSync, statSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { DatabaseConfig } from '../config.ts';
import { databaseFile, lifeFile } from './data-files.ts';
import { lacksLog, noteClosed, sqliteEpoch, watchPostgresEpoch } from './epoch.ts';
import { countOutstanding, migrate, migrationsFor } from './migrate.ts';
import type { Dialect } from './migrations/2026-11-20-first-tables.ts';
import type { DatabaseToRead } from './open-to-read.ts';
import { keepPartitions, yearsOf } from './partitions.ts';
import { postgresDatabase, refuseHastyCommits, refuseWithoutStandby } from './postgres.ts';
import { openSqliteFile, refuseDamagedPages, sqliteDatabase } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { tellMeanwhile } from './update-progress.ts';

export interface OpenDatabase {
  database: Kysely<Tables>;
  /** Where other threads find it. */
  toRead: DatabaseToRead;
  dialect: Dialect;
  /** Names this life of the database. @see ServerStanding */
  epoch: string;
  /** The epoch as it is now: a PostgreSQL database may be another one behind the same address, while we run. */
  readEpoch: () => Promise<string>;
  /** True of an epoch that this process began: the database was put back, taken over, or is new. */
  began: (epoch: string) => boolean;
}

/** There was a database in the folder, and it is gone: an empty one in its place would hide that. */
export class MissingDatabase extends Error {
  constructor() {
    super('the database file is gone');
    this.name = 'MissingDatabase';
  }
}

function openSqlite(dataDir: string, onClosed: () => void): Kysely<Tables> {
  const file = databaseFile(dataDir);
  const isEmpty = !existsSync(file) || statSync(file).size === 0;
  if (isEmpty && existsSync(lifeFile(dataDir))) throw new MissingDatabase();
  const handle = openSqliteFile(file);
  try {
    refuseDamagedPages(handle);
    return sqliteDatabase(handle, onClosed);
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** An update of the tables as it goes: so many changes begin, it is at something still, it is made. */
type TablesUpdate =
  | { state: 'begins'; changes: number }
  | { state: 'underway'; at: string }
  | { state: 'made' };

const TELL_EVERY_MS = 10_000;

export interface OpenEffects {
  /** Makes random UUIDs. */
  newId: () => string;
  onLostConnection: (error: Error) => void;
  /** Not of a new database. What takes long is told of every ten seconds. */
  onUpdate?: (update: TablesUpdate) => void;
}

async function bringUpToDate(
  database: Kysely<Tables>,
  dialect: Dialect,
  tell: (update: TablesUpdate) => void,
): Promise<void> {
  const changes = await countOutstanding(database, dialect);
  if (changes === 0) return migrate(database, dialect);
  tell({ state: 'begins', changes });
  await tellMeanwhile(
    TELL_EVERY_MS,
    (at) => tell({ state: 'underway', at }),
    async (note) => migrate(database, dialect, migrationsFor(dialect, note), note),
  );
  return tell({ state: 'made' });
}

/**
 * Opens the configured database, brings its tables up to date and learns its epoch.
 *
 * @throws MissingDatabase, DamagedDatabase, NewerDatabase, HastyDatabase, NoStandby or the database's error, with nothing left open
 */
export async function openDatabase(
  config: DatabaseConfig,
  dataDir: string,
  { newId, onLostConnection, onUpdate }: OpenEffects,
): Promise<OpenDatabase> {
  const made = new Set<string>();
  function newEpoch() {
    const epoch = newId();
    made.add(epoch);
    return epoch;
  }
  const began = (epoch: string) => made.has(epoch);
  const isWhole = config.kind !== 'sqlite' || !lacksLog(dataDir);
  let hasBegun = false;
  // A start that ends before the new epoch leaves it to the next one.
  const noteWhole = () => (isWhole || hasBegun) && noteClosed(dataDir);
  const database =
    config.kind === 'sqlite'
      ? openSqlite(dataDir, noteWhole)
      : postgresDatabase(config.url, onLostConnection);
  const dialect = config.kind;
  const toRead: DatabaseToRead =
    config.kind === 'sqlite'
      ? { kind: 'sqlite', file: databaseFile(dataDir) }
      : { kind: 'postgres', url: config.url };
  try {
    if (dialect === 'postgres') await refuseHastyCommits(database);
    if (config.kind === 'postgres' && config.isStandbyRequired)
      await refuseWithoutStandby(database);
    await bringUpToDate(database, dialect, (update) => onUpdate?.(update));
    if (dialect === 'postgres') {
      await keepPartitions(database, await yearsOf(database));
      const readEpoch = watchPostgresEpoch(database, newEpoch);
      return { database, toRead, dialect, epoch: await readEpoch(), readEpoch, began };
    }
    const epoch = await sqliteEpoch(database, dataDir, { newId: newEpoch, isWhole });
    hasBegun = true;
    return { database, toRead, dialect, epoch, readEpoch: () => Promise.resolve(epoch), began };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}
