import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { migrate } from '#server/storage/migrate.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import { ASSESSMENT, IIT, INSTRUMENTS } from '../support/fixtures.ts';
import { numberedUuids } from '../support/numbered-uuid.ts';
import { ALLOWED_COLUMNS, columnsByTable } from './allowed-columns.ts';
import { describeProcesses } from '../http/processes-suite.ts';
import { describeAccounting } from './accounting-suite.ts';
import { describeAudit } from './audit-suite.ts';
import { describeAccounts } from './accounts-suite.ts';
import { describeChecklists } from './checklist-suite.ts';
import { describeOrganizations } from './organization-suite.ts';
import { describeMeasures } from './measure-suite.ts';
import { describeKiosks } from './kiosk-suite.ts';
import { describeSeals } from './seal-suite.ts';
import { describeStaffCodes } from './staff-code-suite.ts';
import { describeTallies } from './tally-suite.ts';
import { describeStorage } from './storage-suite.ts';
import { growingTablesReadWhole, hearStatements } from './whole-table-reads.ts';

let folder: string;

// Before anything is opened.
const heard = hearStatements();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sucharit-sqlite-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(join(folder, 'data-'));

const open = (dataDir: string) =>
  openDatabase({ kind: 'sqlite' }, dataDir, {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

describeStorage('SQLite', async (onKept) =>
  createStorage((await open(newFolder())).database, numberedUuids(), { onKept }),
);

describeChecklists('SQLite', async () =>
  createStorage((await open(newFolder())).database, numberedUuids()),
);

describeMeasures('SQLite', async () =>
  createStorage((await open(newFolder())).database, numberedUuids()),
);

// One server holds a SQLite file at a time; see below.
describeStaffCodes('SQLite', async () => {
  const { database } = await open(newFolder());
  return [createStorage(database, numberedUuids()), createStorage(database, numberedUuids())];
});

describeSeals('SQLite', async () =>
  createStorage((await open(newFolder())).database, numberedUuids()),
);

describeKiosks('SQLite', async () =>
  createStorage((await open(newFolder())).database, numberedUuids()),
);

describeOrganizations('SQLite', () => open(newFolder()));

describeAccounts('SQLite', () => open(newFolder()));

// One server holds a SQLite file at a time; two that share its connection stand for requests that come at once.
describeAccounting('SQLite', async () => {
  const { database } = await open(newFolder());
  return [createStorage(database, numberedUuids()), createStorage(database, numberedUuids())];
});

describeTallies('SQLite', async () => {
  const { database, toRead } = await open(newFolder());
  const newStorage = () => createStorage(database, numberedUuids());
  return [newStorage(), newStorage(), database, toRead];
});

test('a recount beside the server on SQLite is not ended by what the server writes meanwhile', async () => {
  const dataDir = newFolder();
  const storage = createStorage((await open(dataDir)).database, numberedUuids());
  await storage.createAssessment(ASSESSMENT, [
    {
      code: 'AAAAAAAA',
      assessment: ASSESSMENT.id,
      instrument: IIT.id,
      department: null,
      service: null,
      state: 'open',
    },
  ]);
  const server = openSqliteFile(databaseFile(dataDir));
  server.pragma('busy_timeout = 0');
  const write = server.prepare('update channels set service = coalesce(service, 0) + 1');
  const recounting = storage.recount(ASSESSMENT.id, IIT.id, 10, createCounting(INSTRUMENTS));
  recounting.catch(() => undefined);
  let written = 0;
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      written += write.run().changes;
    } catch {
      // It is the recount's turn.
    }
    await Promise.resolve();
  }
  expect(await recounting).toBe(true);
  expect(written).toBeGreaterThan(0);
  server.close();
  await storage.close();
});

describeAudit('SQLite', async () => {
  const { database } = await open(newFolder());
  return [createStorage(database, numberedUuids()), createStorage(database, numberedUuids())];
});

// Two accesses to the connection that they share.
describeProcesses('SQLite', async () => {
  const { database, dialect, toRead } = await open(newFolder());
  return { databases: [database, database], dialect, toRead };
});

describe('the SQLite file', () => {
  test('has the tables and columns of the allow-list and no others', async () => {
    const dataDir = newFolder();
    const { database, dialect } = await open(dataDir);
    await migrateAuth(
      createAuth({
        database,
        dialect,
        secret: 's'.repeat(32),
        host: 'localhost',
        secureCookies: false,
      }),
      { database, dialect },
    );
    const handle = openSqliteFile(join(dataDir, 'sucharit.db'));
    const columns = handle
      .prepare<[], { table: string; column: string }>(
        `select tables.name as "table", columns.name as "column"
         from sqlite_master as tables, pragma_table_xinfo(tables.name) as columns
         where tables.type in ('table', 'view') and tables.name not like 'sqlite_%'
         order by tables.name, columns.name`,
      )
      .all();
    const found = columnsByTable(columns);
    expect(found).toEqual(ALLOWED_COLUMNS);

    const triggers = handle.prepare("select name from sqlite_master where type = 'trigger'").all();
    expect(triggers).toEqual([
      { name: 'audit_log_append_only_update' },
      { name: 'audit_log_append_only_delete' },
    ]);
    handle.close();
    await database.destroy();
  });

  test.each([
    'responses',
    'conflicts',
    'quarantine',
    'uncounted',
    'staff_codes',
    'device_reports',
    'unfolded',
    'tallies',
    'combinations',
    'day_counts',
  ])('has no row number in %s, which would keep the order of arrival', async (table) => {
    const dataDir = newFolder();
    const { database } = await open(dataDir);
    const handle = openSqliteFile(join(dataDir, 'sucharit.db'));
    expect(() => handle.prepare(`select rowid from ${table}`)).toThrow('no such column: rowid');
    handle.close();
    await database.destroy();
  });

  test('puts every commit on disk before it is answered', async () => {
    const handle = openSqliteFile(join(newFolder(), 'sucharit.db'));
    expect(handle.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(handle.pragma('synchronous', { simple: true })).toBe(2);
    expect(handle.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(handle.pragma('secure_delete', { simple: true })).toBe(1);
    handle.close();
  });

  test('that rolls back by itself says why, and goes on', async () => {
    const handle = openSqliteFile(join(newFolder(), 'sucharit.db'));
    const database = sqliteDatabase(handle);
    await migrate(database, 'sqlite');
    const storage = createStorage(database, numberedUuids());
    handle.exec(
      "create trigger full before insert on assessments begin select raise(rollback, 'why'); end",
    );
    await expect(storage.createAssessment(ASSESSMENT, [])).rejects.toThrow('why');
    handle.exec('drop trigger full');
    await storage.createAssessment(ASSESSMENT, []);
    expect(await storage.listAssessments()).toEqual([ASSESSMENT]);
    await storage.close();
  });

  test('is left as it is by a second start', async () => {
    const dataDir = newFolder();
    await (await open(dataDir)).database.destroy();
    const { database } = await open(dataDir);
    await expect(createStorage(database, numberedUuids()).listAssessments()).resolves.toEqual([]);
    await database.destroy();
  });
});

describe('among thousands of assessments', () => {
  // Each with what says that it wants the whole table, or is of the tests themselves.
  const WANTED_WHOLE = [
    'select * from "departments" order by "number"',
    'select coalesce(sum("unreadable"), 0) as "n" from "tally_states"',
    'select tally_states.* from tally_states join assessments',
    'select distinct "assessment_id" from "channels" where "code" in (select "channel" from "quarantine")',
    'select sum("device_reports"."waiting") as "waiting" from "device_reports"',
    'select "organization_id", "assessment_id", "entries" from "oit_checklists"',
    'select "id" from "responses"',
    'update "responses" set "body" = ? where "id" = ?',
    'select "combination", "n" from "combinations" where "instrument" = ?',
    'update channels set service',
  ];

  test('no statement of the suites above reads a whole table for a few rows', async () => {
    const dataDir = newFolder();
    await (await open(dataDir)).database.destroy();
    const handle = openSqliteFile(databaseFile(dataDir));
    const found = [...heard]
      .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
      .filter((statement) => !WANTED_WHOLE.some((wanted) => statement.startsWith(wanted)))
      .map((statement) => ({ statement, tables: growingTablesReadWhole(handle, statement) }))
      .filter(({ tables }) => tables.length > 0);
    handle.close();
    expect(found).toEqual([]);
    expect(heard.size).toBeGreaterThan(200);
  });
});
