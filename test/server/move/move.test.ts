import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STORED_TABLES } from '#core/privacy/stored.ts';
import { getConfig } from '#server/config.ts';
import { type MoveEffects, moveOffice } from '#server/move/move-office.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { openSqliteFile } from '#server/storage/sqlite.ts';
import type { Tables } from '#server/storage/tables.ts';
import { newOffice, NOW } from '../backup/office.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { fillEveryTable } from './filled-database.ts';

const COMMAND = join(import.meta.dirname, '../../../src/server/move/move-main.ts');

/** What each database has of its own. */
const NOT_MOVED = [
  'database_life',
  'kysely_migration',
  'kysely_migration_lock',
  'limit_secrets',
  'limits',
];

const EFFECTS: MoveEffects = { now: () => NOW, newId: randomUUID, progress: () => undefined };

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
});

afterAll(() => cluster.stop());

const configFor = (dataDir: string, url: string, reofferDays = 14) => ({
  ...getConfig({}),
  dataDir,
  reofferDays,
  database: { kind: 'postgres', url } as const,
});

/** Looks into a PostgreSQL database. */
async function within<Result>(
  url: string,
  look: (database: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const { database } = await openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  const found = await look(database);
  await database.destroy();
  return found;
}

const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return Number(value);
  return value;
};

/** Rows as text that can be compared, in an order of their own; PostgreSQL tells large numbers as text. */
const comparable = (rows: readonly object[]) =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .map(([name, value]) => [name, value === null ? null : String(plain(value))])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      ),
    )
    .toSorted((a, b) => (a < b ? -1 : 1));

/** An office that was opened, with no server running on it. */
async function closedOffice() {
  const office = newOffice();
  const opened = await office.open();
  await opened.server.send(opened.code, [1, 2, 3]);
  await opened.server.close();
  return { ...office, ...opened };
}

const move = (dataDir: string, url: string, reofferDays?: number) =>
  moveOffice(configFor(dataDir, url, reofferDays), EFFECTS);

const sentenceOf = async (moving: Promise<unknown>) =>
  moving.then(
    () => 'moved',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('moving an office to PostgreSQL', () => {
  test('takes every table with every column along, as they were', async () => {
    const { dataDir } = await closedOffice();
    const tables = Object.keys(STORED_TABLES).filter((name) => !NOT_MOVED.includes(name));
    const handle = openSqliteFile(databaseFile(dataDir));
    // An entry of the log and its head are there; a made-up one would be no chain.
    const filled = ['organizations', 'assessments', 'channels', 'user'];
    fillEveryTable(handle, [
      ...filled,
      ...tables.filter((name) => !filled.includes(name) && !name.startsWith('audit_')),
      'audit_intents',
    ]);
    const rows = new Map(
      tables.map((name) => [name, handle.prepare<[], object>(`select * from "${name}"`).all()]),
    );
    handle.close();
    for (const [name, { columns }] of Object.entries(STORED_TABLES)) {
      if (NOT_MOVED.includes(name)) continue;
      const empty = columns.filter((column) =>
        (rows.get(name) ?? []).every((row) =>
          Object.entries(row).every(([key, value]) => key !== column || value === null),
        ),
      );
      expect([name, name === 'audit_log' ? [] : empty]).toEqual([name, []]);
    }

    const url = await cluster.newDatabase();
    const moved = await move(dataDir, url);
    expect(moved.tables.map(({ name }) => name).toSorted()).toEqual(tables.toSorted());
    await within(url, async (database) => {
      for (const [name, before] of rows) {
        const after = await sql<object>`select * from ${sql.table(name)}`.execute(database);
        if (name === 'audit_log' || name === 'audit_head') continue;
        expect([name, comparable(after.rows)]).toEqual([name, comparable(before)]);
      }
      // One more entry, which tells of the move.
      const log = await database.selectFrom('audit_log').selectAll().orderBy('number').execute();
      expect(comparable(log.slice(0, -1))).toEqual(comparable(rows.get('audit_log') ?? []));
      expect(log.at(-1)?.action).toBe('database-put-back');
    });
  });

  test('takes a tree of more organizations than are written at once, whatever the order they were made in', async () => {
    const { dataDir } = await closedOffice();
    const handle = openSqliteFile(databaseFile(dataDir));
    const insert = handle.prepare(
      "insert into organizations (id, parent, kind, names) values (?, null, 'city', '{}')",
    );
    const place = handle.prepare('update organizations set parent = ? where id = ?');
    const ids = Array.from({ length: 1_500 }, (_, number) => `of-${String(1_000 + number)}`);
    handle.transaction(() => {
      for (const id of ids) insert.run(id);
      // Those that were made first were put below those that were made last.
      for (const [number, id] of ids.toReversed().entries())
        place.run(ids.at(-Math.floor((number + 1) / 2)) ?? null, id);
      place.run(null, ids.at(-1));
    })();
    handle.close();
    const url = await cluster.newDatabase();
    await move(dataDir, url);
    const moved = await within(url, async (database) =>
      database.selectFrom('organizations').select(['id', 'parent']).execute(),
    );
    expect(moved.length).toBe(ids.length + 1);
  });

  test('goes on while the server runs; the new one knows accounts, posters and answers, and devices offer again what came since', async () => {
    const office = newOffice();
    const { server, cookie, code, assessment } = await office.open();
    await server.send(code, [1, 2, 3]);
    const url = await cluster.newDatabase();
    const moved = await move(office.dataDir, url);
    expect(moved.isServerRunning).toBe(true);
    const { epoch, results } = await server.send(code, [4]);
    expect(results).toMatchObject([{ result: 'accepted' }]);
    await server.close();
    expect(await office.mend()).toMatch(/^StartProblem: This office was moved to PostgreSQL/);

    const next = await office.start({ kind: 'postgres', url });
    const path = `/api/v1/assessments/${assessment}/participation`;
    expect((await next.ask('GET', path, undefined, cookie)).status).toBe(200);
    const verified = await next.ask('GET', '/api/v1/audit/verification', undefined, cookie);
    expect(await verified.json()).toMatchObject({ state: 'intact' });
    const reply = await next.send(code, [1, 2, 3, 4]);
    expect(reply.results.map(({ result }) => result)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'accepted',
    ]);
    expect(reply.epoch).not.toBe(epoch);
  });

  test('that is broken off leaves the new database empty and the old one in use, and can be begun again', async () => {
    const { dataDir, start } = await closedOffice();
    const url = await cluster.newDatabase();
    await within(url, async (database) => {
      await sql`create function spoil() returns trigger language plpgsql as
        $$ begin raise 'no more space' using errcode = '53100'; end $$`.execute(database);
      await sql`create trigger spoil before insert on responses for each row execute function spoil()`.execute(
        database,
      );
    });
    expect(await sentenceOf(move(dataDir, url))).toMatch(
      /^StartProblem: PostgreSQL has no room left: .* nothing was kept there/,
    );
    await within(url, async (database) => {
      await sql`create or replace function spoil() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`.execute(
        database,
      );
    });
    expect(await sentenceOf(move(dataDir, url))).toMatch(
      /^StartProblem: PostgreSQL ended or cannot be reached any more: /,
    );
    const server = await start();
    expect(server.setUpLink).toBeNull();
    await server.close();
    await within(url, (database) => sql`drop trigger spoil on responses`.execute(database));
    const { tables } = await move(dataDir, url);
    expect(tables.find(({ name }) => name === 'responses')?.rows).toBe(3);
  });

  test('is refused where what is read back is not what was written', async () => {
    const { dataDir, start } = await closedOffice();
    const url = await cluster.newDatabase();
    await within(url, async (database) => {
      await sql`create function spoil() returns trigger language plpgsql as
        $$ begin new.body := '{"other":1}'; return new; end $$`.execute(database);
      await sql`create trigger spoil before insert on responses for each row execute function spoil()`.execute(
        database,
      );
    });
    expect(await sentenceOf(move(dataDir, url))).toMatch(
      /^StartProblem: What was read back .*responses: 3 rows written, 3 read\): nothing was kept/,
    );
    expect((await start()).setUpLink).toBeNull();
  });

  test('is refused in one sentence where it would lose or mix something', async () => {
    const office = newOffice();
    const { server } = await office.open();
    const url = await cluster.newDatabase();
    expect(await sentenceOf(move(office.dataDir, url, 0))).toMatch(
      /^StartProblem: Stop the server first/,
    );
    await move(office.dataDir, url);
    expect(await sentenceOf(move(office.dataDir, url))).toMatch(
      /^StartProblem: The PostgreSQL database is not empty/,
    );
    await server.close();
    expect(await sentenceOf(move(office.folder, url))).toMatch(/^StartProblem: There is no SQLite/);
    expect(
      await sentenceOf(moveOffice({ ...getConfig({}), dataDir: office.dataDir }, EFFECTS)),
    ).toMatch(/^StartProblem: Say where to/);
    const handle = openSqliteFile(databaseFile(office.dataDir));
    handle.exec(
      `delete from kysely_migration where name = (select max(name) from kysely_migration)`,
    );
    handle.close();
    expect(await sentenceOf(move(office.dataDir, await cluster.newDatabase()))).toMatch(
      /^StartProblem: .* is of an older version/,
    );
  });

  test('is a command that tells counts and what to do next, and ends with 1 where it is refused', async () => {
    const { dataDir } = await closedOffice();
    const run = (env: Record<string, string>) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND], {
        env: { ...process.env, DATA_DIR: dataDir, ...env },
      });
      return { status, output: stdout.toString(), errors: stderr.toString() };
    };
    const url = await cluster.newDatabase();
    const moved = run({ DATABASE_URL: url });
    expect({ ...moved, output: '' }).toEqual({ status: 0, output: '', errors: '' });
    expect(moved.output).toMatch(/^ +3 {2}responses {2}[0-9a-f]{16}$/m);
    expect(moved.output).toContain('Now start the server with this DATABASE_URL');
    const again = run({ DATABASE_URL: url });
    expect([again.status, again.output]).toEqual([1, '']);
    expect(again.errors).toMatch(/^The PostgreSQL database is not empty[^\n]+\n$/);
    rmSync(databaseFile(dataDir));
    expect(run({ DATABASE_URL: url }).status).toBe(1);
  });
});
