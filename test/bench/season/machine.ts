import { readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { ChaosServer } from '../../chaos/server.ts';
import { startPostgres } from '../../server/support/postgres-cluster.ts';
import type { Scenario } from './scenario.ts';

/** What docs/scaling.md tells to set for a load like this; all else as PostgreSQL comes. */
const POSTGRES_SETTINGS = ['shared_buffers=1GB', 'max_wal_size=8GB', 'checkpoint_timeout=15min'];

/** Rows of the responses, and of those that are stored and not yet in the figures. */
export interface Counts {
  responses: number;
  unfolded: number;
}

/** Bytes of the database, and of that the responses with their indexes. */
export interface Sizes {
  all: number;
  responses: number;
}

/** Where what is stored is looked at, past the servers. */
interface Store {
  databaseUrl: string;
  /** Of the processes that are the database's own. */
  pids(): number[];
  count(): Promise<Counts>;
  sizes(): Promise<Sizes>;
  remove(): Promise<void>;
  /** At once, as our process ends. */
  abandon(): void;
}

const COUNTS =
  'select (select count(*) from responses) as responses, (select count(*) from unfolded) as unfolded';

async function postgresStore(): Promise<Store> {
  const cluster = await startPostgres(POSTGRES_SETTINGS);
  const databaseUrl = await cluster.newDatabase();
  const pid = () =>
    Number(readFileSync(join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  async function ask<Row>(question: string): Promise<Row> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query(question);
      return rows[0];
    } finally {
      await client.end();
    }
  }
  return {
    databaseUrl,
    pids: () => [pid()],
    async count() {
      const { responses, unfolded } = await ask<Record<keyof Counts, string>>(COUNTS);
      return { responses: Number(responses), unfolded: Number(unfolded) };
    },
    async sizes() {
      const { all, responses } = await ask<Record<keyof Sizes, string>>(`
        with recursive parts as (
          select 'responses'::regclass::oid as part
          union all
          select inhrelid from pg_inherits join parts on inhparent = part
        )
        select pg_database_size(current_database()) as all,
          (select sum(pg_total_relation_size(part)) from parts) as responses
      `);
      return { all: Number(all), responses: Number(responses) };
    },
    remove: async () => cluster.stop(),
    abandon() {
      process.kill(pid(), 'SIGKILL');
      rmSync(dirname(cluster.folder), { recursive: true, force: true });
    },
  };
}

function sqliteStore(dataFolder: () => string): Store {
  const file = () => join(dataFolder(), 'sucharit.db');
  function ask(question: string): unknown {
    const database = new Database(file(), { readonly: true });
    try {
      return database.prepare(question).get();
    } finally {
      database.close();
    }
  }
  return {
    databaseUrl: '',
    pids: () => [],
    count: async () => ask(COUNTS) as Counts,
    async sizes() {
      const { responses } = ask(
        `select sum(pgsize) as responses from dbstat
         where name in (select name from sqlite_schema where tbl_name = 'responses')`,
      ) as Sizes;
      return { all: statSync(file()).size, responses };
    },
    remove: async () => undefined,
    abandon: () => undefined,
  };
}

/** Servers that run, and their database, on this machine. */
export interface Machine {
  first: ChaosServer;
  ports: () => number[];
  serverPids: () => number[];
  store: Omit<Store, 'remove' | 'abandon'>;
  /** Stops the first server hard and starts it again. */
  restart(): Promise<void>;
  /** Ends everything and removes its data. */
  remove(): Promise<void>;
  /** The same at once, as our process ends. */
  abandon(): void;
}

export async function startMachine({ database, processes }: Scenario): Promise<Machine> {
  const servers: ChaosServer[] = [];
  const store =
    database === 'postgres'
      ? await postgresStore()
      : sqliteStore(() => servers[0]?.dataFolder ?? '');
  const { databaseUrl } = store;
  const first = await ChaosServer.create({ databaseUrl });
  servers.push(first);
  await first.start();
  while (servers.length < processes) {
    // They share the key of the sessions with the first.
    const other = await ChaosServer.create({ from: first.dataFolder, databaseUrl });
    servers.push(other);
    await other.start();
  }
  return {
    first,
    store,
    ports: () => servers.map(({ url }) => Number(new URL(url ?? '').port)),
    serverPids: () => servers.flatMap(({ pid }) => pid ?? []),
    async restart() {
      await first.stop('SIGKILL');
      await first.start();
    },
    async remove() {
      for (const server of servers) await server.remove();
      await store.remove();
    },
    abandon() {
      for (const { pid, dataFolder } of servers) {
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
        rmSync(dataFolder, { recursive: true, force: true });
      }
      store.abandon();
    },
  };
}
