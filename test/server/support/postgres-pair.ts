import {
  chownSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import {
  asClient,
  firstProcessOf,
  newPostgres,
  newPostgresFolder,
  postgresUrl,
} from './postgres-cluster.ts';

/** What docs/deploy.md has whoever sets up a standby write: its name and slot, and the statements that make the slot and have commits wait for it. */
function documented() {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/deploy.md'), 'utf8');
  const [, slot, name] = /pg_basebackup .* --slot=(\w+) .*application_name=(\w+)/.exec(page) ?? [];
  const [making] = /select pg_create_physical_replication_slot\('\w+', true\)/.exec(page) ?? [];
  const [waiting] = /alter system set synchronous_standby_names = '\w+'/.exec(page) ?? [];
  if (slot === undefined || name === undefined || making === undefined || waiting === undefined)
    throw new Error('docs/deploy.md tells of no standby with a slot');
  return { slot, name, making, waiting };
}

/** A primary with a standby that follows its log; two servers, each with files of its own. */
export interface PostgresPair {
  /** Of an empty database: first the primary, then the standby. */
  url: string;
  /** Commits wait for the standby's disk from now on. */
  waitForStandby(): Promise<void>;
  /** Resolves when it has ended. */
  stopStandby(): Promise<void>;
  /** Resolves when it follows the primary. */
  startStandby(): Promise<void>;
  /** Holds up what the standby receives from now on, which commits have to wait for: nothing reaches it any more. */
  holdStandby(): void;
  /** As a power cut, for good. */
  killPrimary(): void;
  /** Makes the standby a primary. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 300; look += 1) {
    if (await isSo().catch(() => false)) return;
    await pause(100);
  }
  throw new Error('PostgreSQL did not get there');
}

export async function startPair(): Promise<PostgresPair> {
  const folder = newPostgresFolder('pair');
  const [ports, folders] = [
    [await freePort(), await freePort()] as const,
    [join(folder, 'first'), join(folder, 'second')] as const,
  ];
  const serverAt = (place: 0 | 1, flags: string[]) =>
    newPostgres({
      data: folders[place],
      port: ports[place],
      isKept: true,
      flags,
      hear: () => undefined,
    });
  const primary = serverAt(0, []);
  await primary.initialise();
  // A server that never ran is copied as it lies.
  cpSync(folders[0], folders[1], { recursive: true });
  const { uid, gid } = statSync(folders[0]);
  writeFileSync(join(folders[1], 'standby.signal'), '');
  for (const path of ['', ...readdirSync(folders[1], { recursive: true, encoding: 'utf8' })])
    chownSync(join(folders[1], path), uid, gid);
  await primary.start();
  const { slot, name, making, waiting } = documented();
  const conninfo = `${postgresUrl(ports[0], 'postgres')}?application_name=${name}`;
  /** What receives at the standby. Looked up before it is to be held: meanwhile a whole load might go through. */
  let receiver: number | null = null;
  let isHeld = false;
  let isPrimaryKilled = false;
  // What pg_basebackup writes down, which comes with no PostgreSQL of npm's.
  const standby = serverAt(1, [
    '-c',
    `primary_conninfo=${conninfo}`,
    '-c',
    `primary_slot_name=${slot}`,
  ]);

  /** Asks one of the two. */
  const ask = async (place: 0 | 1, question: string): Promise<Record<string, unknown>> =>
    asClient(postgresUrl(ports[place], 'postgres'), async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(question);
      return rows[0] ?? {};
    });

  /** How far the standby is with what it follows; undefined while it follows nothing. */
  const following = async () => (await ask(0, 'select state from pg_stat_replication'))['state'];

  async function startStandby(): Promise<void> {
    // It says that it is ready when it is promoted; or never.
    standby.start().catch(() => undefined);
    await until(async () => (await following()) === 'streaming');
  }

  await ask(0, making);
  await primary.createDatabase('office');
  await startStandby();

  return {
    url: postgresUrl(ports[0], 'office').replace(
      `:${ports[0]}`,
      `:${ports[0]},127.0.0.1:${ports[1]}`,
    ),
    async waitForStandby() {
      await ask(0, waiting);
      await ask(0, 'select pg_reload_conf()');
      await until(
        async () =>
          (await ask(0, 'select sync_state from pg_stat_replication'))['sync_state'] === 'sync',
      );
      receiver = Number((await ask(1, 'select pid from pg_stat_wal_receiver'))['pid']);
    },
    async stopStandby() {
      await standby.stop();
      await until(async () => (await following()) === undefined);
    },
    startStandby,
    holdStandby() {
      if (receiver === null) throw new Error('no commit waits for the standby');
      process.kill(receiver, 'SIGSTOP');
      isHeld = true;
    },
    killPrimary() {
      process.kill(firstProcessOf(folders[0]), 'SIGKILL');
      isPrimaryKilled = true;
    },
    async promote() {
      if (receiver !== null) process.kill(receiver, 'SIGCONT');
      isHeld = false;
      await ask(1, 'select pg_promote(true, 20)');
    },
    async stop() {
      if (isHeld && receiver !== null) process.kill(receiver, 'SIGKILL');
      await standby.stop();
      if (!isPrimaryKilled) await primary.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
