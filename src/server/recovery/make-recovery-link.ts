import { existsSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { noteOfServer } from '../auditing/server-act.ts';
import { folded } from '../auth/folded.ts';
import type { Config } from '../config.ts';
import type { Randomness } from '../randomness.ts';
import { sha256 } from '../sha256.ts';
import { StartProblem } from '../start-problem.ts';
import { createStorage } from '../storage/create-storage.ts';
import { databaseFile } from '../storage/data-files.ts';
import { postgresDatabase } from '../storage/postgres.ts';
import { openSqliteFile, sqliteDatabase } from '../storage/sqlite.ts';
import { postgresProblem, sqliteProblem } from '../storage/start-mend.ts';
import type { Tables } from '../storage/tables.ts';
import { urlOf } from '../url-of.ts';

export const LINK_HOURS = 1;

/** Opens the database beside a server that may be running; makes and changes no table. */
function open({ database, dataDir }: Config): Kysely<Tables> {
  if (database.kind === 'postgres') return postgresDatabase(database.url, () => undefined);
  const file = databaseFile(dataDir);
  if (!existsSync(file))
    throw new StartProblem(
      `There is no database in ${dataDir}: give the server's own DATA_DIR, or DATABASE_URL if it is on PostgreSQL.`,
    );
  return sqliteDatabase(openSqliteFile(file));
}

async function refuseOlderTables(database: Kysely<Tables>): Promise<void> {
  const tables = await database.introspection.getTables();
  if (!tables.some(({ name }) => name === 'recovery_links'))
    throw new StartProblem(
      'This database is not of this version yet: start the server once with it, then try again.',
    );
}

/** Adds the link and its entry of the log; resolves to the link. */
async function addLink(
  config: Config,
  database: Kysely<Tables>,
  name: string,
  { now, randomness }: { now: number; randomness: Randomness },
): Promise<string> {
  await refuseOlderTables(database);
  const storage = createStorage(database, randomness.uuid);
  const people = await storage.listPeople();
  const person = people.find((one) => folded(one.name) === folded(name));
  if (!person)
    throw new StartProblem(
      `There is no account “${name}”. The accounts are: ${people.map((one) => one.name).join(', ') || 'none yet'}.`,
    );
  const token = randomness.token();
  const isoNow = new Date(now).toISOString();
  const expiresAt = new Date(now + LINK_HOURS * 60 * 60 * 1000).toISOString();
  await storage.addRecoveryLink(
    { account: person.id, hash: sha256(token), expiresAt },
    noteOfServer(now, 'recovery-link-made', { details: { person: person.name } }),
    isoNow,
  );
  const publicUrl = config.publicUrl ?? urlOf(config.host, config.port);
  return `${publicUrl}/admin/recover?token=${token}`;
}

/**
 * Makes a link by which the account of that name sets a new password and loses its second factor, its passkeys and its
 * sessions. It works once, for an hour; the database holds a hash of its token alone. `now`: milliseconds since 1970.
 *
 * @throws StartProblem for what whoever runs it can mend
 */
export async function makeRecoveryLink(
  config: Config,
  name: string,
  effects: { now: number; randomness: Randomness },
): Promise<string> {
  let database: Kysely<Tables> | null = null;
  try {
    database = open(config);
    return await addLink(config, database, name, effects);
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw config.database.kind === 'sqlite'
      ? sqliteProblem(error, config.dataDir)
      : postgresProblem(error);
  } finally {
    await database?.destroy();
  }
}
