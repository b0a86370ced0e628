import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { postgresTidying } from '#server/tidying/tidy-postgres.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { Arrivals } from './arrivals.ts';
import { postgresTraces } from './postgres-traces.ts';
import { cluesIn, judgeAll, verdictOf } from './report.ts';
import { betterThanChance } from './statistics.ts';

const START_TIMEOUT_MS = 120_000;

const inCodeUnits = (a: string, b: string) => (a < b ? -1 : 1);

let cluster: PostgresCluster;

beforeAll(async () => {
  // Every minute it would take away some of what the controls look for.
  cluster = await startPostgres(['autovacuum=off']);
}, START_TIMEOUT_MS);

afterAll(() => cluster.stop(), START_TIMEOUT_MS);

/** An office on PostgreSQL in which that many batches came. */
async function officeAfter(batches: number, { isFolding = false } = {}) {
  const { database } = await openDatabase(
    { kind: 'postgres', url: await cluster.newDatabase() },
    '',
    { newId: randomUUID, onLostConnection: () => undefined },
  );
  onTestFinished(() => database.destroy());
  const arrivals = await Arrivals.open(createStorage(database, randomUUID));
  arrivals.isFolding = isFolding;
  await arrivals.come(batches);
  return { database, arrivals, tidying: postgresTidying(database) };
}

describe('the superuser of PostgreSQL', () => {
  test('finds order and devices while the tables are not tidied, and nothing in them once they are', async () => {
    const { database, arrivals, tidying } = await officeAfter(120);
    const truth = arrivals.truth();

    // The control. A freeze, which a vacuum may do at any time, takes nothing away.
    await sql`vacuum (freeze) responses`.execute(database);
    const untidy = judgeAll(await postgresTraces(database), truth);
    const found = new Set(betterThanChance(untidy).map(({ trace }) => trace));
    for (const trace of [
      'responses_2568: place in the page',
      'responses_2568: number of the page',
      'responses_2568: transaction that wrote',
      'responses_2568_channel_organization_id_fiscal_year_id_idx: place in the page',
      'quarantine: transaction that wrote',
      'conflicts: transaction that wrote',
      'device_reports: transaction that wrote',
      'transactions of all tables',
    ])
      expect(found).toContain(trace);
    expect(verdictOf(untidy, 'responses_2568: transaction that wrote', 'order').value).toBe(1);
    const { value, chance } = verdictOf(untidy, 'transactions of all tables', 'device');
    expect(value).toBeGreaterThan(10 * chance);

    expect(await tidying.tidy()).toBe(true);
    const tidied = await postgresTraces(database);
    expect(betterThanChance(judgeAll(tidied, truth))).toEqual([]);
    expect(cluesIn(tidied, 'responses_2568: transaction that wrote', truth)).toBeGreaterThan(300);
    // In an index bytes stay where its building cuts a page off, of whichever row lies there.
    for (const table of [
      'responses_2568',
      'conflicts',
      'quarantine',
      'device_reports',
      'combinations',
    ])
      expect(cluesIn(tidied, `${table}: remnants`, truth)).toBe(0);
    expect(cluesIn(tidied, 'device_reports: transaction that removed', truth)).toBe(0);
  });

  test('finds in the tallies who answered after whom, and nothing once they are tidied', async () => {
    const { database, arrivals, tidying } = await officeAfter(100, { isFolding: true });
    const truth = arrivals.truth();
    const untidy = judgeAll(await postgresTraces(database), truth);
    const found = new Set(betterThanChance(untidy).map(({ trace }) => trace));
    for (const trace of [
      'combinations: place in the page',
      'combinations: transaction that wrote',
      'unfolded: transaction that removed',
    ])
      expect(found).toContain(trace);
    expect(await tidying.tidy()).toBe(true);
    const tidied = await postgresTraces(database);
    expect(betterThanChance(judgeAll(tidied, truth))).toEqual([]);
    expect(cluesIn(tidied, 'combinations: transaction that wrote', truth)).toBeGreaterThan(300);
    expect(cluesIn(tidied, 'unfolded: remnants', truth)).toBe(0);
    expect(cluesIn(tidied, 'combinations: remnants', truth)).toBe(0);
  });

  test('learns of what came since it was tidied, of nothing before, and of nothing once it is tidied again', async () => {
    const { database, arrivals, tidying } = await officeAfter(60);
    const early = arrivals.truth();
    await tidying.tidy();
    await arrivals.come(60);
    const traces = await postgresTraces(database);
    expect(betterThanChance(judgeAll(traces, arrivals.since(early))).length).toBeGreaterThan(0);
    expect(betterThanChance(judgeAll(traces, arrivals.until(early)))).toEqual([]);
    await tidying.tidy();
    expect(betterThanChance(judgeAll(await postgresTraces(database), arrivals.truth()))).toEqual(
      [],
    );
  });

  test('finds the old rows only until a table that others use can be cleared of them', async () => {
    const { database, arrivals, tidying } = await officeAfter(20);
    const truth = arrivals.truth();
    await database.transaction().execute(async (reader) => {
      await reader.selectFrom('responses').select('id').execute();
      expect(await tidying.tidy()).toBe(false);
    });
    const old = () =>
      postgresTraces(database).then((traces) =>
        cluesIn(traces, 'responses_2568: transaction that removed', truth),
      );
    expect(await old()).toBeGreaterThan(0);
    expect(await tidying.tidy()).toBe(true);
    expect(await old()).toBe(0);
  });

  test('finds the old rows only until the next process tidies, where one ended before it could remove them', async () => {
    const { database, arrivals, tidying } = await officeAfter(20);
    const truth = arrivals.truth();
    await database.transaction().execute(async (reader) => {
      await reader.selectFrom('responses').select('id').execute();
      expect(await tidying.tidy()).toBe(false);
    });
    const left = await postgresTraces(database);
    expect(cluesIn(left, 'responses_2568: transaction that removed', truth)).toBeGreaterThan(0);
    expect(await postgresTidying(database).tidy()).toBe(true);
    const tidied = await postgresTraces(database);
    expect(betterThanChance(judgeAll(tidied, truth))).toEqual([]);
    expect(cluesIn(tidied, 'responses_2568: transaction that removed', truth)).toBe(0);
  });

  test('finds the old rows only until nobody looks at anything any more as it was before they were written anew', async () => {
    const { database, arrivals, tidying } = await officeAfter(20);
    const truth = arrivals.truth();
    // As the statistics that PostgreSQL makes by itself: not of the table, but with all as it was when they began.
    await database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (reader) => {
        await reader.selectFrom('organizations').select('id').execute();
        expect(await tidying.tidy()).toBe(false);
      });
    expect(await tidying.tidy()).toBe(true);
    const tidied = await postgresTraces(database);
    expect(betterThanChance(judgeAll(tidied, truth))).toEqual([]);
    expect(cluesIn(tidied, 'responses_2568: transaction that removed', truth)).toBe(0);
  });

  test('loses and doubles nothing that comes while they are tidied', async () => {
    const { database, arrivals, tidying } = await officeAfter(10);
    const office = { isOpen: true, timesTidied: 0 };
    const keepTidying = async () => {
      while (office.isOpen) if (await tidying.tidy().catch(() => false)) office.timesTidied += 1;
    };
    const comeAndBeTidied = async () => {
      await arrivals.come(120);
      while (office.timesTidied < 2) await arrivals.come(5);
    };
    const coming = comeAndBeTidied().finally(() => {
      office.isOpen = false;
    });
    // Two processes: one of them finds the other at it.
    await Promise.all([coming, keepTidying(), keepTidying()]);
    const { rows } = await sql<{ row: string }>`
      select id as row from responses union all select digest from conflicts
      union all select id from quarantine union all select id from device_reports
      order by 1`.execute(database);
    const expected = [...arrivals.truth().batchOf.keys()].filter((row) => !row.startsWith('['));
    expect(rows.map(({ row }) => row)).toEqual(expected.toSorted(inCodeUnits));
  });
});
