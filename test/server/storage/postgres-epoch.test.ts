import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import type { Tables } from '#server/storage/tables.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';

const START_TIMEOUT_MS = 120_000;

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
}, START_TIMEOUT_MS);

afterAll(() => cluster.stop());

/** Opens and closes the database as a server does, with `meanwhile` in between; returns the epoch. */
async function epochOf(
  url: string,
  meanwhile: (database: Kysely<Tables>) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
  const { database, epoch } = await openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  await meanwhile(database);
  await database.destroy();
  return epoch;
}

const startTogether = (url: string) =>
  Promise.all([epochOf(url), epochOf(url), epochOf(url), epochOf(url)]);

test('the epoch is one for all processes, and stays over their restarts', async () => {
  const url = await cluster.newDatabase();
  const first = new Set(await startTogether(url));
  expect(first.size).toBe(1);
  expect(new Set(await startTogether(url))).toEqual(first);
  expect(first).not.toContain(await epochOf(await cluster.newDatabase()));
});

test('the tables of the accounts are made once by processes that start together', async () => {
  const url = await cluster.newDatabase();
  await epochOf(url);
  const makeTables = () =>
    epochOf(url, async (database) => {
      const options = {
        database,
        dialect: 'postgres' as const,
        secret: 's'.repeat(32),
        host: 'localhost',
        secureCookies: false,
      };
      await migrateAuth(createAuth(options), options);
    });
  expect(await Promise.all([makeTables(), makeTables(), makeTables()])).toHaveLength(3);
});

test('the epoch is a new one, for all processes the same, when the tables were made again from a dump', async () => {
  const url = await cluster.newDatabase();
  const epoch = await epochOf(url, async (database) => {
    await sql`create table copied (like responses including all)`.execute(database);
    await sql`drop table responses`.execute(database);
    await sql`alter table copied rename to responses`.execute(database);
  });
  const epochs = new Set(await startTogether(url));
  expect(epochs.size).toBe(1);
  expect(epochs).not.toContain(epoch);
});

test('a process that runs while the database becomes another one notices it, and so does every other', async () => {
  const url = await cluster.newDatabase();
  const open = () =>
    openDatabase({ kind: 'postgres', url }, '', {
      newId: randomUUID,
      onLostConnection: () => undefined,
    });
  const [one, other] = [await open(), await open()];
  expect(await one.readEpoch()).toBe(one.epoch);
  expect(await other.readEpoch()).toBe(one.epoch);
  await sql`create table copied (like responses including all)`.execute(one.database);
  await sql`drop table responses`.execute(one.database);
  await sql`alter table copied rename to responses`.execute(one.database);
  const changed = await one.readEpoch();
  expect(changed).not.toBe(one.epoch);
  expect(await other.readEpoch()).toBe(changed);
  expect(await one.readEpoch()).toBe(changed);
  await one.database.destroy();
  await other.database.destroy();
});

test('of two roles that see more and less of the place, neither ends the epoch of the other while both run', async () => {
  const url = await cluster.newDatabase();
  const sees = await openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  // As a start by a role that may not ask leaves it.
  await sees.database
    .updateTable('database_life')
    .set({ place: 'less', epoch: randomUUID() })
    .execute();
  const told = await sees.readEpoch();
  expect(told).not.toBe(sees.epoch);
  expect(await sees.readEpoch()).toBe(told);
  await sees.database.destroy();
});

test.each([
  ['another cluster', /\S+(?= \S+$)/],
  ['another timeline', /\S+$/],
])('the epoch is a new one when the database is on %s', async (_, part) => {
  const url = await cluster.newDatabase();
  const epoch = await epochOf(url, async (database) => {
    const { place } = await database
      .selectFrom('database_life')
      .select('place')
      .executeTakeFirstOrThrow();
    expect(place).toMatch(/^\d+ \d+ [0-9A-F]{8}$/);
    await database
      .updateTable('database_life')
      .set({ place: place.replace(part, '7') })
      .execute();
  });
  const changed = await epochOf(url);
  expect(changed).not.toBe(epoch);
  expect(await epochOf(url)).toBe(changed);
});

test('a role without rights knows the database all the same, also where it may not ask for the cluster', async () => {
  const url = await cluster.newDatabase();
  let place = '';
  const readPlace = async (database: Kysely<Tables>) => {
    const row = await database.selectFrom('database_life').select('place').executeTakeFirst();
    place = row?.place ?? '';
  };
  const plain = new URL(url);
  plain.username = 'clerk';
  plain.password = 'only-for-this-test';
  await epochOf(url, async (database) => {
    await sql`create role clerk login password 'only-for-this-test'`.execute(database);
    await sql`drop schema public cascade`.execute(database);
    await sql`create schema public authorization clerk`.execute(database);
  });
  const epoch = await epochOf(plain.href, readPlace);
  expect(place).toMatch(/^\d+ \d+ [0-9A-F]{8}$/);
  expect(await epochOf(plain.href)).toBe(epoch);

  await epochOf(url, (database) =>
    sql`revoke execute on function pg_control_system() from public`.execute(database),
  );
  const without = await epochOf(plain.href, readPlace);
  expect(place).toMatch(/^\d+ {2}[0-9A-F]{8}$/);
  expect(await epochOf(plain.href)).toBe(without);
});
