// The real server as its own process, which can be killed at any moment.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Chance } from './site.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = 'src/server/main.ts';

/** Starting Node anew takes half the time with it; it holds compiled code and nothing of a run. */
const COMPILE_CACHE = join(tmpdir(), 'sucharit-chaos-compiled');

/** Far more than a server needs that was asked to end; one that does not is a failure of the seed. */
const STOP_LIMIT_MS = 20_000;

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Where a server begins. */
interface Beginning {
  /** A data folder that its own is a copy of; none: an empty one. */
  from?: string | undefined;
  /** Instead of the server's own main module. */
  script?: string | undefined;
  /** Without it on SQLite in its data folder. */
  databaseUrl?: string;
}

export class ChaosServer {
  readonly dataFolder: string;
  readonly #script: string;
  readonly #databaseUrl: string;
  #publicUrl = '';
  #child: ChildProcess | null = null;
  #output = '';
  #url: string | null = null;

  private constructor(dataFolder: string, { script = MAIN, databaseUrl = '' }: Beginning) {
    this.dataFolder = dataFolder;
    this.#script = script;
    this.#databaseUrl = databaseUrl;
  }

  /** A server in a data folder of its own. */
  static async create(beginning: Beginning = {}): Promise<ChaosServer> {
    const folder = await mkdtemp(join(tmpdir(), 'sucharit-chaos-'));
    if (beginning.from !== undefined) await cp(beginning.from, folder, { recursive: true });
    return new ChaosServer(folder, beginning);
  }

  /** Where it listens now; null while it does not. The port is another after each start. */
  get url(): string | null {
    return this.#url;
  }

  /** What it printed since its start. */
  get output(): string {
    return this.#output;
  }

  /** Of the running process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Where devices reach it; from the next start on. */
  set publicUrl(url: string) {
    this.#publicUrl = url;
  }

  async start(): Promise<void> {
    const child = this.#run([this.#script]);
    this.#child = child;
    this.#output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    while (child.exitCode === null && child.signalCode === null) {
      const port = /listens on http:\/\/localhost:(\d+)/.exec(this.#output)?.[1];
      if (port !== undefined) {
        this.#url = `http://127.0.0.1:${port}`;
        return;
      }
      await pause(5);
    }
    throw new Error(`the server did not start:\n${this.#output}`);
  }

  /** A power cut, and now and then a second one while it starts. */
  async suffer({ dice, tally }: Chance): Promise<void> {
    tally.add('fault: server killed');
    await this.stop('SIGKILL');
    await pause(dice.between(0, 150));
    if (dice.chance(0.3)) {
      tally.add('fault: server killed while it starts');
      await this.#startAndKill(dice.between(50, 450));
    }
    await this.start();
  }

  /** Starts it and kills it so many milliseconds later, wherever it is then. */
  async #startAndKill(milliseconds: number): Promise<void> {
    const child = this.#run([this.#script]);
    await pause(milliseconds);
    child.kill('SIGKILL');
    await ended(child);
  }

  /** Ends the process; with SIGKILL as a power cut would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    this.#url = null;
    if (!child) return;
    child.kill(signal);
    const tooLong = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    const code = await ended(child);
    clearTimeout(tooLong);
    if (signal === 'SIGTERM' && code !== 0)
      throw new Error(`the server ended with ${code}:\n${this.#output}`);
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  /** Runs one of the server's own programs on its data folder to its end; resolves to what it said. */
  async program(script: string, ...words: readonly string[]): Promise<string> {
    const child = this.#run([script, ...words]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    const code = await ended(child);
    if (code !== 0) throw new Error(`${script} ended with ${code}:\n${output}`);
    return output;
  }

  #run(words: readonly string[]): ChildProcess {
    return spawn('node', [...words], {
      cwd: PROJECT,
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        PORT: '0',
        HOST: '127.0.0.1',
        PUBLIC_URL: this.#publicUrl,
        DATA_DIR: this.dataFolder,
        DATABASE_URL: this.#databaseUrl,
        LOG_LEVEL: 'error',
        // Seeds make a season in seconds; what a flood does is tested by itself.
        FLOOD_ABOVE: '1000000000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
