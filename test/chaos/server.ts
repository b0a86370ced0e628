// The real server as its own process on real SQLite, and what its machine can do to it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = 'src/server/main.ts';
const DATABASE = 'sucharit.db';

/** Starting Node anew takes half the time with it; it holds compiled code and nothing of a run. */
const COMPILE_CACHE = join(tmpdir(), 'sucharit-chaos-compiled');

/** Far more than a server needs that was asked to end; one that does not is a failure of the seed. */
const STOP_LIMIT_MS = 20_000;

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

export class ChaosServer {
  readonly dataFolder: string;
  readonly #script: string;
  #publicUrl = '';
  #child: ChildProcess | null = null;
  #output = '';
  #url: string | null = null;

  constructor(dataFolder: string, script = MAIN) {
    this.dataFolder = dataFolder;
    this.#script = script;
  }

  /** A server in a data folder of its own; with `from` it begins as a copy of that folder. */
  static async create(from: string | null, script = MAIN): Promise<ChaosServer> {
    const folder = await mkdtemp(join(tmpdir(), 'sucharit-chaos-'));
    if (from !== null) await cp(from, folder, { recursive: true });
    return new ChaosServer(folder, script);
  }

  /** Where it listens now; null while it does not. The port is another after each start. */
  get url(): string | null {
    return this.#url;
  }

  /** What it printed since its start. */
  get output(): string {
    return this.#output;
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

  /** Starts it and kills it so many milliseconds later, wherever it is then. */
  async startAndKill(milliseconds: number): Promise<void> {
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

  /** Lets no file of the server grow any more, as a full disk would; false where the machine cannot do that. */
  async fillDisk(): Promise<boolean> {
    const log = await stat(join(this.dataFolder, `${DATABASE}-wal`)).catch(() => null);
    const file = await stat(join(this.dataFolder, DATABASE));
    // Only one of the two grows while it takes responses, until SQLite begins its log anew: the log is the smaller limit.
    return this.#limitFiles(String(Math.min(log?.size ?? 0, file.size)));
  }

  async emptyDisk(): Promise<void> {
    await this.#limitFiles('unlimited');
  }

  async #limitFiles(bytes: string): Promise<boolean> {
    const pid = this.#child?.pid;
    if (pid === undefined) return false;
    const limit = spawn('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], {
      stdio: 'ignore',
    });
    return new Promise((resolve) => {
      limit.once('error', () => resolve(false));
      limit.once('exit', (code) => resolve(code === 0));
    });
  }

  /** Another program writes to the database and takes its time over it. */
  async lockFor(milliseconds: number): Promise<void> {
    const other = new Database(join(this.dataFolder, DATABASE), { timeout: 500 });
    try {
      other.exec('BEGIN IMMEDIATE');
      await pause(milliseconds);
      other.exec('ROLLBACK');
    } catch {
      // The server writes just now, which is as good a lock.
    } finally {
      other.close();
    }
  }

  /** `npm run backup`, while the server runs; resolves to the backup's folder. */
  async backup(): Promise<string> {
    const output = await this.#program('src/server/backup/backup-main.ts');
    const folder = /The backup is in (.+)/.exec(output)?.[1];
    if (folder === undefined) throw new Error(`where is the backup?\n${output}`);
    return folder;
  }

  /** `npm run restore`, while the server is stopped. */
  async restore(backup: string): Promise<void> {
    await this.#program('src/server/backup/restore-main.ts', backup);
  }

  /** Puts the database of a backup into the place of the server's while that is stopped, as people do by hand. */
  async putInPlace(backup: string): Promise<void> {
    const file = join(this.dataFolder, DATABASE);
    for (const log of [`${file}-wal`, `${file}-shm`]) await rm(log, { force: true });
    await rm(file);
    await cp(join(backup, DATABASE), file);
  }

  /** Runs one of the server's own programs on its data folder to its end; resolves to what it said. */
  async #program(script: string, ...words: readonly string[]): Promise<string> {
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
        DATABASE_URL: '',
        LOG_LEVEL: 'error',
        // Seeds make a season in seconds; what a flood does is tested by itself.
        FLOOD_ABOVE: '1000000000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
