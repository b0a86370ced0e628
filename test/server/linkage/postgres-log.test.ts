import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { keepersOfOrder } from '#server/tidying/postgres-log.ts';
import { postgresTidying } from '#server/tidying/tidy-postgres.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { writePages } from '../support/write-pages.ts';
import { Arrivals } from './arrivals.ts';
import { logFiles, otherFiles } from './postgres-files.ts';
import { cluesIn, judgeAll, verdictOf } from './report.ts';
import { betterThanChance, type Truth } from './statistics.ts';

const START_TIMEOUT_MS = 120_000;

/** What docs/deploy.md has whoever runs the cluster do, for another role: the settings, and what follows where responses came before. */
function advice(role: string): string[] {
  const file = join(import.meta.dirname, '../../../docs/deploy.md');
  const [section = ''] = /`pg_wal`.*?`keepers`/s.exec(readFileSync(file, 'utf8')) ?? [];
  const blocks = [...section.matchAll(/^```sql\n(.*?)^```/gms)];
  return blocks
    .flatMap(([, block = '']) => block.replaceAll(/\bsucharit\b/g, role).split(';'))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
  const client = new Client({ connectionString: await cluster.newDatabase() });
  await client.connect();
  await client.query("create role office login password 'of-this-test'");
  await client.end();
}, START_TIMEOUT_MS);

afterAll(() => cluster.stop(), START_TIMEOUT_MS);

/** An office with a database of its own, whose role is no superuser; `set`: settings of that database. */
async function openOffice(seed: number, set: readonly string[] = []) {
  const superuser = new Client({ connectionString: await cluster.newDatabase() });
  await superuser.connect();
  onTestFinished(() => superuser.end());
  /** Done by the superuser, one statement after the other. */
  async function command(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await superuser.query(statement);
  }
  await command(`alter database ${superuser.database} owner to office`);
  await command(...set.map((one) => `alter database ${superuser.database} set ${one}`));
  const { host, port, database: name } = superuser;
  const url = `postgres://office:of-this-test@${host}:${port}/${name}`;
  const newId = randomUUID;
  const { database } = await openDatabase({ kind: 'postgres', url }, '', {
    newId,
    onLostConnection: () => undefined,
  });
  onTestFinished(() => database.destroy());
  const arrivals = await Arrivals.open(createStorage(database, newId), seed);
  const keepers = () => keepersOfOrder(database);
  /** How far the write-ahead log has come, in bytes. */
  async function logPlace(): Promise<number> {
    const { rows } = await superuser.query("select pg_current_wal_lsn() - '0/0'::pg_lsn as place");
    return Number(rows[0].place);
  }
  return { url, command, arrivals, keepers, logPlace, tidying: postgresTidying(database) };
}

const LOG = 'write-ahead log';

/** All that the files of the cluster have. */
const lookIntoFiles = () => [
  logFiles(cluster.folder),
  ...otherFiles({ folder: cluster.folder, said: cluster.log() }),
];

const findsMore = (truth: Truth) => betterThanChance(judgeAll(lookIntoFiles(), truth));

/** What the write-ahead log alone tells; `until`: to who leaves out what was written after it had come there. */
const judgeLog = (truth: Truth, until?: number) =>
  judgeAll([logFiles(cluster.folder, until)], truth);

/** The names of what keeps the order that the server's log tells, line by line, from its start to its end. */
async function toldByServer(url: string): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-postgres-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const distFolder = join(folder, 'dist');
  writePages(distFolder);
  const told: unknown[] = [];
  const error = (fields: object) => void told.push('keepers' in fields ? fields.keepers : fields);
  const config = getConfig({ DATABASE_URL: url });
  const server = await startServer(
    { ...config, port: 0, dataDir: join(folder, 'data') },
    {
      now: Date.now,
      randomness: cryptoRandomness,
      log: { info: () => undefined, error },
      distFolder,
    },
  );
  // It tidies, and looks again.
  await server.close();
  return told;
}

// One cluster, first as it comes, then set up as docs/deploy.md says: in this order alone.
describe('who reads every file of the cluster', { shuffle: false }, () => {
  test('finds order and devices in its log, whatever is tidied, while it is as it comes', async () => {
    const { url, command, arrivals, keepers, logPlace, tidying } = await openOffice(2568);
    await arrivals.come(60);
    const arrived = await logPlace();
    const truth = arrivals.truth();
    expect(await tidying.tidy()).toBe(true);
    const found = judgeLog(truth);
    expect(verdictOf(found, LOG, 'order').value).toBeGreaterThan(0.7);
    const { value, chance } = verdictOf(found, LOG, 'device');
    expect(value).toBeGreaterThan(10 * chance);
    expect(await toldByServer(url)).toEqual([['role', 'wal_recycle']]);

    // The role may end a file, and PostgreSQL keeps it for its next use.
    await command(...advice('office').filter((statement) => statement.startsWith('grant')));
    expect(await keepers()).toEqual(['wal_recycle']);
    await tidying.tidy();
    // The tidying has written over a part of it, and all rows anew by their ids: between those, what lies where it came tells less
    // of the order (tau 0.33). But every page says when it was written, so that one can leave out what is younger.
    expect(betterThanChance(judgeLog(truth)).length).toBeGreaterThan(0);
    const kept = judgeLog(truth, arrived);
    expect(verdictOf(kept, LOG, 'order').value).toBeGreaterThan(0.7);
    const beside = verdictOf(kept, LOG, 'device');
    expect(beside.value).toBeGreaterThan(10 * beside.chance);

    // What the documents say takes it away, also what came before.
    await command(...advice('office'));
    await tidying.tidy();
    expect(findsMore(truth)).toEqual([]);
    expect(await keepers()).toEqual([]);
  });

  test('learns from it of what came since it was tidied, of nothing before, and of nothing once it is tidied again', async () => {
    const { url, command, arrivals, tidying } = await openOffice(2569);
    await command(...advice('office'));
    await arrivals.come(40);
    const early = arrivals.truth();
    await tidying.tidy();
    await arrivals.come(40);
    expect(findsMore(arrivals.since(early)).map(({ trace }) => trace)).toContain(LOG);
    // Pages are written into it whole when they are changed first: the rows of before are in them, in no order.
    expect(cluesIn(lookIntoFiles(), LOG, arrivals.until(early))).toBeGreaterThan(0);
    expect(findsMore(arrivals.until(early))).toEqual([]);
    expect(await toldByServer(url)).toEqual([]);
    expect(findsMore(arrivals.truth())).toEqual([]);
  });

  test('finds it where somebody replicates or has statements logged, and the server tells', async () => {
    const { url, command, arrivals, tidying } = await openOffice(2570, ["log_statement = 'mod'"]);
    const slot = "select pg_create_physical_replication_slot('standby', true)";
    await command(...advice('office'), slot);
    await arrivals.come(30);
    await tidying.tidy();
    const found = findsMore(arrivals.truth()).map(({ trace }) => trace);
    expect(found).toContain(LOG);
    expect(found).toContain('log for people');
    expect(await toldByServer(url)).toEqual([['replication_slots', 'log_statement']]);

    await command("select pg_drop_replication_slot('standby')");
    await tidying.tidy();
    expect(betterThanChance(judgeLog(arrivals.truth()))).toEqual([]);
  });
});
