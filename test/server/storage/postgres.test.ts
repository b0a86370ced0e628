import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { postgresProblem } from '#server/storage/start-mend.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import { numberedUuids } from '../support/numbered-uuid.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { ALLOWED_COLUMNS, columnsByTable } from './allowed-columns.ts';
import { describeAccounting } from './accounting-suite.ts';
import { describeChecklists } from './checklist-suite.ts';
import { describeStorage } from './storage-suite.ts';

const START_TIMEOUT_MS = 120_000;

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
}, START_TIMEOUT_MS);

afterAll(() => cluster.stop(), START_TIMEOUT_MS);

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

describeStorage('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabase())).database, numberedUuids()),
);

describeChecklists('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabase())).database, numberedUuids()),
);

describeAccounting('PostgreSQL', async () => {
  const url = await cluster.newDatabase();
  const { database } = await open(url);
  return [
    createStorage(database, numberedUuids()),
    createStorage((await open(url)).database, numberedUuids()),
  ];
});

describe('the PostgreSQL database', () => {
  test('that answers before a commit is on disk is refused, and says the mend', async () => {
    const url = await cluster.newDatabase();
    const name = new URL(url).pathname.slice(1);
    const { database } = await open(url);
    await sql`alter database ${sql.id(name)} set synchronous_commit = off`.execute(database);
    await database.destroy();
    const problem = postgresProblem(await open(url).catch((error: unknown) => error));
    expect(problem.message).toContain('set synchronous_commit and fsync to on');
  });

  test('has the tables and columns of the allow-list and no others', async () => {
    const { database, dialect } = await open(await cluster.newDatabase());
    await migrateAuth(
      createAuth({ database, dialect, secret: 's'.repeat(32), secureCookies: false }),
      { database, dialect },
    );
    const { rows } = await sql<{ table: string; column: string }>`
      select table_name as "table", column_name as "column"
      from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema')
      order by table_name, column_name collate "C"`.execute(database);
    const found = columnsByTable(rows);
    expect(found).toEqual(ALLOWED_COLUMNS);

    const sequences = await sql`select sequence_name from information_schema.sequences`.execute(
      database,
    );
    expect(sequences.rows).toEqual([]);
    const commitTimes = await sql<{ track_commit_timestamp: string }>`
      show track_commit_timestamp`.execute(database);
    expect(commitTimes.rows[0]?.track_commit_timestamp).toBe('off');
    await database.destroy();
  });

  test('that cannot be reached rejects as unavailable', async () => {
    const error = await open('postgres://nobody:wrong@127.0.0.1:9/none').catch(
      (thrown: unknown) => thrown,
    );
    expect(isStorageUnavailable(error)).toBe(true);
  });
});
