import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, getConfig } from '#server/config.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { migrate } from '#server/storage/migrate.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import { freePort } from '../../support/free-port.ts';
import { ServerHost } from './server-host.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** The bytes of a database with all its tables, nothing in them. */
async function makeTables(): Promise<Buffer> {
  const handle = openSqliteFile(':memory:');
  const database = sqliteDatabase(handle);
  await migrate(database, 'sqlite');
  const bytes = handle.serialize();
  await database.destroy();
  return bytes;
}

/** Made once for all the servers that a worker starts, each of which would make them by itself. */
let tables: Promise<Buffer> | null = null;

/** The real server as its own process on a real database, which a journey can stop and start again on the same address. */
export class ServerProcess {
  readonly url: string;
  /** Where people reach it: the same, where nothing stands in front. */
  readonly publicUrl: string;
  readonly dataFolder: string;
  /** Empty for SQLite. */
  readonly databaseUrl: string;
  readonly #environment: Readonly<Record<string, string>>;
  #host: ServerHost | null = null;
  #child: ChildProcess | null = null;
  #output = '';

  private constructor(
    port: number,
    dataFolder: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.url = `http://localhost:${port}`;
    this.publicUrl = environment['PUBLIC_URL'] ?? this.url;
    this.dataFolder = dataFolder;
    this.databaseUrl = environment['DATABASE_URL'] ?? '';
    this.#environment = {
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: this.url,
      DATA_DIR: dataFolder,
      DATABASE_URL: '',
      ...environment,
    };
  }

  static async #prepare(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'sucharit-journey-'));
    return new ServerProcess(await freePort(), dataFolder, environment);
  }

  /** Starts the server as whoever keeps one does: on an empty folder, by its main module. */
  static async create(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.#prepare(environment);
    await server.#startMain();
    return server;
  }

  /** Starts the server in a process that others were in before, with its tables made. `DIST_FOLDER`: the build that it has. */
  static async createSoon(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const server = await ServerProcess.#prepare(environment);
    if (server.databaseUrl === '')
      await writeFile(databaseFile(server.dataFolder), await (tables ??= makeTables()));
    await server.#startHosted();
    return server;
  }

  /** As the server's own commands are configured, beside it. */
  get config(): Config {
    return getConfig({ DATA_DIR: this.dataFolder, DATABASE_URL: this.databaseUrl });
  }

  /** The one-time link for the first admin, as printed at the start. */
  get setUpLink(): string {
    const link = /http\S+\/admin\/set-up\?token=\S+/.exec(this.#output)?.[0];
    if (!link) throw new Error(`no set-up link in: ${this.#output}`);
    return link;
  }

  /** Again, after it was stopped. */
  async start(): Promise<void> {
    // The main module has the build of the project.
    await (this.#environment['DIST_FOLDER'] ? this.#startHosted() : this.#startMain());
  }

  async #startHosted(): Promise<void> {
    this.#host = ServerHost.take();
    this.#child = this.#host.child;
    this.#output = await this.#host.begin(this.#environment);
  }

  async #startMain(): Promise<void> {
    this.#output = '';
    const child = spawn('node', ['src/server/main.ts'], {
      cwd: PROJECT,
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    await this.#untilItListens(child);
  }

  /** It says so once it takes requests. Asking it again and again would take from its start the processor that it needs. */
  async #untilItListens(child: ChildProcess): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', () => {
        if (this.#output.includes('listens on')) resolve();
      });
      child.once('error', reject);
      child.once('close', () => reject(new Error(`the server did not start:\n${this.#output}`)));
    });
  }

  /** Ends the process; with SIGKILL as a power cut would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#host = null;
    if (!child || child.exitCode !== null) return;
    this.#child = null;
    child.kill(signal);
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await (this.#host ? this.#host.rest() : this.stop());
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
