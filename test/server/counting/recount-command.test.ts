// `npm run recount` beside a running server, on both databases.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseConfig, getConfig } from '#server/config.ts';
import { besideServer } from '#server/storage/beside-server.ts';
import { newOffice } from '../backup/office.ts';
import { DRAFT, EIT, IIT } from '../support/fixtures.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';

const COMMAND = join(import.meta.dirname, '../../../src/server/counting/recount-main.ts');

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
});

afterAll(() => cluster.stop());

/** Runs the command as npm does; the lines that it prints. Rejects where it ends with anything but 0. */
async function recount(dataDir: string, database: DatabaseConfig): Promise<string[]> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [COMMAND], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      ...(database.kind === 'postgres' && { DATABASE_URL: database.url }),
    },
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

const toldOf = (instrument: string, found: string) =>
  `${DRAFT.organization.th} ${DRAFT.fiscalYear}, ${instrument}: ${found}`;

test.each(['sqlite', 'postgres'] as const)(
  'the command makes what was never counted, agrees with what is, and finds and mends what is wrong (%s)',
  async (kind) => {
    const database: DatabaseConfig =
      kind === 'sqlite' ? { kind } : { kind, url: await cluster.newDatabase() };
    const office = newOffice();
    const { server, cookie, assessment, code } = await office.open(database);
    await server.send(code, [1, 2, 3, 4, 5, 6]);
    const within = <Result>(look: Parameters<typeof besideServer<Result>>[1]) =>
      besideServer({ ...getConfig({}), dataDir: office.dataDir, database }, look);
    const sums = () =>
      within((tables) => tables.selectFrom('tallies').selectAll().orderBy('dimension').execute());

    expect(await recount(office.dataDir, database)).toEqual([
      toldOf(IIT.id, 'nobody had looked at it yet, counted now'),
      toldOf(EIT.id, 'nobody had looked at it yet, counted now'),
      'All tallies are what the responses say.',
    ]);
    const counted = await sums();
    expect(counted).not.toEqual([]);
    const right = [
      toldOf(IIT.id, 'right'),
      toldOf(EIT.id, 'right'),
      'All tallies are what the responses say.',
    ];
    expect(await recount(office.dataDir, database)).toEqual(right);

    // What no server does.
    await within((tables) =>
      tables
        .updateTable('tallies')
        .set(({ eb }) => ({ n: eb('n', '+', 1) }))
        .execute(),
    );
    expect(await recount(office.dataDir, database)).toEqual([
      toldOf(IIT.id, 'wrong, counted anew'),
      toldOf(EIT.id, 'right'),
      '1 tallies were not what the responses say, and were counted anew.',
    ]);
    expect(await sums()).toEqual(counted);
    expect(await recount(office.dataDir, database)).toEqual(right);

    // The server that ran all the while tells the same.
    const path = `/api/v1/assessments/${assessment}/participation`;
    const { instruments } = await (await server.ask('GET', path, undefined, cookie)).json();
    expect(instruments).toContainEqual(expect.objectContaining({ instrument: IIT.id, n: 6 }));
  },
);
