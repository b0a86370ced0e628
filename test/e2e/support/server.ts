import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, getConfig } from '#server/config.ts';
import { freePort } from '../../support/free-port.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** The real server as its own process on a real database, which a journey can stop and start again on the same address. */
export class ServerProcess {
  readonly url: string;
  /** Where people reach it: the same, where nothing stands in front. */
  readonly publicUrl: string;
  readonly dataFolder: string;
  /** Empty for SQLite. */
  readonly databaseUrl: string;
  readonly #script: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #output = '';

  private constructor(
    port: number,
    dataFolder: string,
    script: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.url = `http://localhost:${port}`;
    this.publicUrl = environment['PUBLIC_URL'] ?? this.url;
    this.dataFolder = dataFolder;
    this.databaseUrl = environment['DATABASE_URL'] ?? '';
    this.#script = script;
    this.#environment = environment;
  }

  /** Starts the server; `script` and `environment` are for one that is not started by its own main module. */
  static async create(
    script = 'src/server/main.ts',
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'sucharit-journey-'));
    const server = new ServerProcess(await freePort(), dataFolder, script, environment);
    await server.start();
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

  async start(): Promise<void> {
    this.#output = '';
    const child = spawn('node', [this.#script], {
      cwd: PROJECT,
      env: {
        ...process.env,
        PORT: new URL(this.url).port,
        HOST: '127.0.0.1',
        PUBLIC_URL: this.url,
        DATA_DIR: this.dataFolder,
        DATABASE_URL: '',
        ...this.#environment,
      },
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
    if (!child || child.exitCode !== null) return;
    this.#child = null;
    child.kill(signal);
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
