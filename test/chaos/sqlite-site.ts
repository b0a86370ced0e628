import { spawn } from 'node:child_process';
import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ChaosServer } from './server.ts';
import { readStored, type Chance, type Site, type Stored, type Trouble } from './site.ts';

const DATABASE = 'sucharit.db';

/** One server on a SQLite file of its own. */
export class SqliteSite implements Site {
  readonly server: ChaosServer;
  readonly troubles: readonly Trouble[];
  /** A backup from before the office was set up; null where there is none. */
  beforeOffice: string | null = null;

  private constructor(server: ChaosServer) {
    this.server = server;
    const kill: Trouble = async (chance) => server.suffer(chance);
    const fillDisk: Trouble = async (chance) => this.#fillDisk(chance);
    const lock: Trouble = async (chance) => this.#lock(chance);
    this.troubles = [kill, kill, fillDisk, lock];
  }

  /** With `from` it begins as a copy of that site, which is stopped. */
  static async create({ from, script }: { from?: SqliteSite; script?: string | undefined } = {}) {
    const site = new SqliteSite(
      await ChaosServer.create({ from: from?.server.dataFolder, script }),
    );
    site.beforeOffice = from?.beforeOffice ?? null;
    return site;
  }

  url(): string | null {
    return this.server.url;
  }

  async start(publicUrl: string): Promise<void> {
    this.server.publicUrl = publicUrl;
    await this.server.start();
  }

  /** Lets no file of the server grow any more for a while, as a full disk would; where the machine can do that. */
  async #fillDisk({ dice, tally }: Chance): Promise<void> {
    const log = await stat(this.#file('-wal')).catch(() => null);
    const file = await stat(this.#file());
    // Only one of the two grows while it takes responses, until SQLite begins its log anew: the log is the smaller limit.
    const isFull = await this.#limitFiles(String(Math.min(log?.size ?? 0, file.size)));
    if (isFull) tally.add('fault: disk of the server full');
    await pause(dice.between(100, 600));
    await this.#limitFiles('unlimited');
  }

  async #limitFiles(bytes: string): Promise<boolean> {
    const { pid } = this.server;
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
  async #lock({ dice, tally }: Chance): Promise<void> {
    tally.add('fault: database locked');
    const milliseconds = dice.between(50, 600);
    const other = new Database(this.#file(), { timeout: 500 });
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

  /** `npm run backup`, while the server runs. */
  async backup(): Promise<string> {
    const output = await this.server.program('src/server/backup/backup-main.ts');
    const folder = /The backup is in (.+)/.exec(output)?.[1];
    if (folder === undefined) throw new Error(`where is the backup?\n${output}`);
    return folder;
  }

  async restore(backup: string, { dice, tally }: Chance): Promise<void> {
    await this.server.stop(dice.pick(['SIGTERM', 'SIGKILL']));
    if (this.beforeOffice !== null && dice.chance(0.5)) {
      tally.add('fault: backup from before the office restored by mistake');
      await this.server.program('src/server/backup/restore-main.ts', this.beforeOffice);
      await this.server.start();
      await pause(dice.between(300, 1_000));
      await this.server.stop();
    }
    if (dice.chance(0.75)) {
      tally.add('fault: older backup restored');
      await this.server.program('src/server/backup/restore-main.ts', backup);
    } else {
      tally.add('fault: older database put in place by hand');
      await this.#putInPlace(backup);
    }
    await this.server.start();
  }

  /** Puts the database of a backup into the place of the server's while that is stopped, as people do by hand. */
  async #putInPlace(backup: string): Promise<void> {
    for (const log of ['-wal', '-shm']) await rm(this.#file(log), { force: true });
    await rm(this.#file());
    await cp(join(backup, DATABASE), this.#file());
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  async read(): Promise<Stored> {
    const database = new Database(this.#file(), { readonly: true });
    try {
      return await readStored((question) => database.prepare(question).all());
    } finally {
      database.close();
    }
  }

  async remove(): Promise<void> {
    await this.server.remove();
  }

  #file(suffix = ''): string {
    return join(this.server.dataFolder, `${DATABASE}${suffix}`);
  }
}
