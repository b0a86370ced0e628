import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { createAccounts } from '#server/auth/accounts.ts';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { getConfig } from '#server/config.ts';
import { createCounting } from '#server/counting/counting.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { makeRecoveryLink } from '#server/recovery/make-recovery-link.ts';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { keepPartitions } from '#server/storage/partitions.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { postgresProblem } from '#server/storage/start-mend.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import { postgresTidying } from '#server/tidying/tidy-postgres.ts';
import { totpOf } from '../support/totp.ts';
import { ASSESSMENT, IIT, INSTRUMENTS, response } from '../support/fixtures.ts';
import { ACCOUNT_EFFECTS } from '../support/account-effects.ts';
import { numberedUuid, numberedUuids } from '../support/numbered-uuid.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { untilWaiting } from '../support/until-waiting.ts';
import { ALLOWED_COLUMNS, columnsByTable } from './allowed-columns.ts';
import { addFormerOffice } from './former-office.ts';
import { describeAccounting } from './accounting-suite.ts';
import { describeAudit } from './audit-suite.ts';
import { describeProcesses } from '../http/processes-suite.ts';
import { describeAccounts } from './accounts-suite.ts';
import { describeChecklists } from './checklist-suite.ts';
import { describeOrganizations } from './organization-suite.ts';
import { describeMeasures } from './measure-suite.ts';
import { describeEnrolments } from './enrolment-suite.ts';
import { describeKiosks } from './kiosk-suite.ts';
import { describePartitions } from './partition-suite.ts';
import { describePartMoves } from './part-moves-suite.ts';
import { describeRekeying } from './rekeying-suite.ts';
import { describeRollingUpdate } from './rolling-update-suite.ts';
import { describeSeals } from './seal-suite.ts';
import { describeStaffCodes } from './staff-code-suite.ts';
import { describeTallies } from './tally-suite.ts';
import { describeStorage } from './storage-suite.ts';

const START_TIMEOUT_MS = 120_000;

const STAFF_CHANNEL = {
  code: 'AAAAAAAA',
  assessment: ASSESSMENT.id,
  instrument: 'iit-2567',
  department: null,
  service: null,
  state: 'open',
} as const;

const staffResponse = (number: number, code: string) => ({
  id: numberedUuid(number),
  channel: STAFF_CHANNEL.code,
  day: '2024-11-20',
  digest: sha256('{}'),
  body: '{}',
  staffCode: { assessment: ASSESSMENT.id, code },
});

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
}, START_TIMEOUT_MS);

afterAll(() => cluster.stop(), START_TIMEOUT_MS);

type Database = Awaited<ReturnType<typeof openDatabase>>['database'];

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

/** A tidying ends with a checkpoint, which takes the longer the more databases were made before. */
const TIDYING = { timeout: 180_000 };

// First, as the tests below make many.
describe('a tidied PostgreSQL database', TIDYING, () => {
  test('leads from the only code of a day to no response once it is tidied', async () => {
    const { database } = await open(await cluster.newDatabase());
    const storage = createStorage(database, numberedUuids());
    await storage.createAssessment(ASSESSMENT, [STAFF_CHANNEL]);
    const codes = ['A', 'B'];
    const toAdd = { department: 3, codes, secret: '5e'.repeat(32), voidsUnspent: false };
    await storage.addStaffCodes(ASSESSMENT.id, toAdd);
    const tidying = postgresTidying(database);
    await tidying.tidy();
    await storage.keepResponses({ responses: [staffResponse(1, 'A')], quarantined: [] });
    const inOneTransaction = async () => {
      const { rows } = await sql<{ id: string }>`
        select id from responses where xmin::text in (select xmin::text from staff_codes)
      `.execute(database);
      return rows.length;
    };
    /** Another one once the rows as they were have been removed with their bytes. */
    const file = async () => {
      const { rows } = await sql<{ node: number }>`
        select pg_relation_filenode('staff_codes') as node`.execute(database);
      return rows[0]?.node;
    };
    const before = await file();
    expect(await inOneTransaction()).toBe(1);
    expect(await tidying.tidy()).toBe(true);
    expect(await inOneTransaction()).toBe(0);
    expect(await file()).not.toBe(before);
    await storage.close();
  });
});

describe('a PostgreSQL database in which a year gets its part', TIDYING, () => {
  test('leaves nothing of the order in which its responses came, once it is tidied', async () => {
    const { database } = await open(await cluster.newDatabase());
    const storage = createStorage(database, numberedUuids());
    const office = { organization: 'o', assessment: 'a', year: 2599, channel: 'DDDDDDDD' };
    await addFormerOffice(database, office);
    const tidying = postgresTidying(database);
    await tidying.tidy();
    for (const number of [2, 1]) {
      const { staffCode: _code, ...row } = staffResponse(number, '');
      const responses = [{ ...row, channel: office.channel }];
      await storage.keepResponses({ responses, quarantined: [] });
    }
    await keepPartitions(database, [office.year]);
    const bytesLeft = async () => {
      const { rows } = await sql<{ bytes: string }>`
        select pg_relation_size('responses_other') as bytes`.execute(database);
      return Number(rows[0]?.bytes);
    };
    expect(await bytesLeft()).toBeGreaterThan(0);
    expect(await tidying.tidy()).toBe(true);
    expect(await bytesLeft()).toBe(0);
    expect(await storage.listResponseIds(office.channel)).toHaveLength(2);
    await storage.close();
  });
});

describe('a PostgreSQL database that is tidied while its responses are counted', TIDYING, () => {
  /** Stops whoever puts a row into `unfolded` a second time, until the given client lets go. */
  const PAUSE = `
    create function pause() returns trigger language plpgsql set lock_timeout = 0 as $$
      begin perform pg_advisory_xact_lock(42); return new; end $$;
    create trigger pause before insert on unfolded for each row execute function pause()`;

  test('has each of them counted once', async () => {
    const url = await cluster.newDatabase();
    const { database } = await open(url);
    const other = (await open(url)).database;
    const storage = createStorage(other, numberedUuids());
    await storage.createAssessment(ASSESSMENT, [STAFF_CHANNEL]);
    const counting = createCounting(INSTRUMENTS);
    const body = canonicalJson(response(IIT));
    for (const number of [1, 2]) {
      const { staffCode: _code, ...row } = staffResponse(number, '');
      const responses = [{ ...row, body, digest: sha256(body) }];
      await storage.keepResponses({ responses, quarantined: [] });
    }
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(PAUSE);
    await client.query('select pg_advisory_lock(42)');
    const waiting = (sessions: number) => untilWaiting(client, sessions);
    const tidied = postgresTidying(database).tidy();
    await waiting(1);
    const counted = storage.recount(ASSESSMENT.id, IIT.id, 10, counting);
    await waiting(2);
    await client.query('select pg_advisory_unlock(42)');
    await client.end();
    expect(await tidied).toBe(true);
    expect(await counted).toBe(true);
    expect(await storage.foldResponses(10, counting)).toBe(0);
    expect(await storage.checkTallies(ASSESSMENT.id, IIT.id, counting)).toBe('right');
    await database.destroy();
    await storage.close();
  });
});

describeStorage('PostgreSQL', async (onKept) => {
  const { database } = await open(await cluster.newDatabaseWithTables());
  return createStorage(database, numberedUuids(), { onKept });
});

describeChecklists('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabaseWithTables())).database, numberedUuids()),
);

describeMeasures('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabaseWithTables())).database, numberedUuids()),
);

describeStaffCodes('PostgreSQL', async () => {
  const url = await cluster.newDatabaseWithTables();
  return [
    createStorage((await open(url)).database, numberedUuids()),
    createStorage((await open(url)).database, numberedUuids()),
  ];
});

describeSeals('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabaseWithTables())).database, numberedUuids()),
);

describeKiosks('PostgreSQL', async () =>
  createStorage((await open(await cluster.newDatabaseWithTables())).database, numberedUuids()),
);

describeEnrolments(async () => {
  const url = await cluster.newDatabaseWithTables();
  return { url, storage: createStorage((await open(url)).database, numberedUuids()) };
});

describeOrganizations('PostgreSQL', async () => open(await cluster.newDatabaseWithTables()));

describeAccounts('PostgreSQL', async () => open(await cluster.newDatabaseWithTables()));

describeAccounting('PostgreSQL', async () => {
  const url = await cluster.newDatabaseWithTables();
  const { database } = await open(url);
  return [
    createStorage(database, numberedUuids()),
    createStorage((await open(url)).database, numberedUuids()),
  ];
});

describeTallies('PostgreSQL', async () => {
  const url = await cluster.newDatabaseWithTables();
  const { database, toRead } = await open(url);
  return [
    createStorage(database, numberedUuids()),
    createStorage((await open(url)).database, numberedUuids()),
    database,
    toRead,
  ];
});

describeAudit('PostgreSQL', async () => {
  const url = await cluster.newDatabaseWithTables();
  const { database } = await open(url);
  return [
    createStorage(database, numberedUuids()),
    createStorage((await open(url)).database, numberedUuids()),
  ];
});

describeProcesses('PostgreSQL', async () => {
  const url = await cluster.newDatabaseWithTables();
  const { database, dialect, toRead } = await open(url);
  return { databases: [database, (await open(url)).database], dialect, toRead };
});

/** Does it while another transaction has written the only row of a table anew, and not committed yet. */
async function duringRewriting<Result>(
  database: Database,
  table: 'device_reports' | 'quarantine',
  act: () => Promise<Result>,
): Promise<Result> {
  const rewriting = await database.startTransaction().execute();
  await sql`with gone as (delete from ${sql.table(table)} returning *)
    insert into ${sql.table(table)} select * from gone`.execute(rewriting);
  const acting = act();
  await expect
    .poll(async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database);
      return rows[0]?.n;
    })
    .toBe(1);
  await rewriting.commit().execute();
  return acting;
}

describeRollingUpdate(() => cluster.newDatabase());

describeRekeying('PostgreSQL', 'postgres', async () => {
  const at = await cluster.newDatabase();
  return { database: postgresDatabase(at, () => undefined), at };
});

describePartitions(() => cluster.newDatabase());

describePartMoves(() => cluster.newDatabase());

describe('the PostgreSQL database', () => {
  test('leads from no spent code to the response that came with it, not by its transaction either', async () => {
    const url = await cluster.newDatabase();
    const { database } = await open(url);
    const storage = createStorage(database, numberedUuids());
    const codes = ['A', 'B', 'C', 'D'];
    await storage.createAssessment(ASSESSMENT, [STAFF_CHANNEL]);
    await storage.demandStaffCodes(ASSESSMENT.id, true, '5e'.repeat(32));
    await storage.addStaffCodes(ASSESSMENT.id, {
      department: 3,
      codes,
      secret: '',
      voidsUnspent: false,
    });
    for (const [number, code] of ['C', 'A', 'D'].entries())
      await storage.keepResponses({
        responses: [staffResponse(number + 1, code)],
        quarantined: [],
      });
    const { rows } = await sql<{ transactions: string; spent: string }>`
      select count(distinct xmin::text) as transactions, sum(spent) as spent from staff_codes
    `.execute(database);
    expect(rows).toEqual([{ transactions: '1', spent: '3' }]);
    await storage.close();
  });

  test('writes off a device whose report is just written anew', async () => {
    const { database } = await open(await cluster.newDatabase());
    const storage = createStorage(database, numberedUuids());
    await storage.createAssessment(ASSESSMENT, [STAFF_CHANNEL]);
    const counts = { revision: 1, finished: 1, acknowledged: 0, waiting: 1, refused: 0 };
    const waiting = { waitingSince: '2024-11-20T10:00:00.000Z', reportedOn: '2024-11-20' };
    const none = { refusedBecause: [], isStorageNearlyFull: false };
    const [id, channel] = [numberedUuid(1), STAFF_CHANNEL.code];
    await storage.keepDeviceReports([{ id, channel, ...counts, ...waiting, ...none }], 10);
    const writeOff = () => storage.writeOffDevice([channel], id, true);
    expect(await duringRewriting(database, 'device_reports', writeOff)).toBe(true);
    expect(await storage.listTroubledDevices([channel])).toMatchObject([{ isWrittenOff: true }]);
    await storage.close();
  });

  test('moves what was set aside and is just written anew', async () => {
    const { database } = await open(await cluster.newDatabase());
    const storage = createStorage(database, numberedUuids());
    await storage.createAssessment(ASSESSMENT, [STAFF_CHANNEL]);
    const { staffCode: _code, ...row } = staffResponse(1, '');
    await storage.keepResponses({ responses: [], quarantined: [{ ...row, protocol: 2 }] });
    const move = () => storage.moveQuarantined([row]);
    expect(await duringRewriting(database, 'quarantine', move)).toMatchObject({ accepted: 1 });
    expect(await storage.countSetAside([row.channel])).toMatchObject({ quarantined: 0 });
    await storage.close();
  });

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
      createAuth({
        database,
        dialect,
        secret: 's'.repeat(32),
        host: 'localhost',
        secureCookies: false,
      }),
      { database, dialect },
    );
    const { rows } = await sql<{ table: string; column: string }>`
      select table_name as "table", column_name as "column"
      from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema')
        -- A part of a table has the columns of the whole.
        and not exists (select from pg_inherits where inhrelid = quote_ident(table_name)::regclass)
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

  test('keeps accounts, their roles, sessions and second factors as SQLite does', async () => {
    const { database, dialect } = await open(await cluster.newDatabase());
    const auth = createAuth({
      database,
      dialect,
      secret: 's'.repeat(32),
      host: 'localhost',
      secureCookies: false,
    });
    await migrateAuth(auth, { database, dialect });
    const accounts = createAccounts(auth, ACCOUNT_EFFECTS);
    const storage = createStorage(database, randomUUID);
    const password = 'ปลาทูหน้างอคอหัก';
    const rights = { role: 'owner', branch: 'all' } as const;
    const owner = await accounts.create('owner', password, rights);
    const other = await accounts.create('other', password, rights);
    const [ownerId, otherId] = [owner?.id ?? '', other?.id ?? ''];
    const cookie = owner?.cookies[0]?.split(';')[0] ?? '';
    const enrolment = await accounts.enrol(cookie, password);
    const confirmed = await accounts.confirmEnrolment(
      cookie,
      totpOf(enrolment?.uri ?? '', Date.now()),
    );
    expect(confirmed).not.toBeNull();
    expect(await accounts.signIn('owner', password)).toMatchObject({ needsCode: true });
    expect(await storage.listPeople()).toMatchObject([
      { name: 'other', role: 'owner', hasTwoFactor: false },
      { name: 'owner', role: 'owner', hasTwoFactor: true },
    ]);
    expect(await storage.listSessions(ownerId, Date.now())).toHaveLength(1);
    const changes = await Promise.all([
      storage.changeRights(ownerId, rights, { ...rights, role: 'viewer' }),
      storage.removePerson(otherId),
    ]);
    expect(changes.toSorted()).toEqual(['done', 'last-owner']);
    await database.destroy();
  });

  test('is where a link back into an account is made too', async () => {
    const url = await cluster.newDatabase();
    const { database, dialect } = await open(url);
    const auth = createAuth({
      database,
      dialect,
      secret: 's'.repeat(32),
      host: 'localhost',
      secureCookies: false,
    });
    await migrateAuth(auth, { database, dialect });
    await createAccounts(auth, ACCOUNT_EFFECTS).create('somchai', 'ปลาทูหน้างอคอหัก', {
      role: 'owner',
      branch: 'all',
    });
    const config = { ...getConfig({}), database: { kind: 'postgres', url } as const };
    const effects = { now: Date.now(), randomness: cryptoRandomness };
    const link = new URL(await makeRecoveryLink(config, 'Somchai', effects));
    const hash = sha256(link.searchParams.get('token') ?? '');
    const storage = createStorage(database, randomUUID);
    expect(await storage.findRecovering(hash, new Date().toISOString())).toBe('somchai');
    await expect(makeRecoveryLink(config, 'nobody', effects)).rejects.toThrow('no account');
    await database.destroy();
  });

  test('keeps the protocol of what was set aside before there was sealing', async () => {
    const database = postgresDatabase(await cluster.newDatabase(), () => undefined);
    const former = Object.entries(migrationsFor('postgres')).filter(
      ([name]) => name < '2026-11-21-p-seal-secrets',
    );
    await migrate(database, 'postgres', Object.fromEntries(former));
    const row = { id: 'id', channel: 'AAAAAAAA', day: '2024-11-20', digest: 'digest', body: '{}' };
    await addFormerOffice(database);
    await sql`insert into conflicts (id, channel, day, digest, body)
      values (${row.id}, ${row.channel}, ${row.day}, ${row.digest}, ${row.body})`.execute(database);
    await sql`insert into quarantine (id, channel, day, digest, body, protocol)
      values (${row.id}, ${row.channel}, ${row.day}, ${row.digest}, ${row.body}, 3)`.execute(
      database,
    );
    await migrate(database, 'postgres');
    const page = { channel: row.channel, after: null, limit: 10 };
    const storage = createStorage(database, numberedUuids());
    expect(await storage.readConflicts(page)).toEqual([{ ...row, protocol: 1 }]);
    expect(await storage.readQuarantine(page)).toEqual([{ ...row, protocol: 3 }]);
    expect(await database.selectFrom('seal_secrets').selectAll().execute()).toEqual([]);
    await database.destroy();
  });

  test('refuses to change or remove an entry of the log', async () => {
    const { database } = await open(await cluster.newDatabase());
    for (const change of [
      sql`delete from audit_log`,
      sql`truncate audit_log`,
      sql`update audit_log set name = 'x'`,
    ])
      await expect(change.execute(database)).rejects.toThrow('append-only');
    await database.destroy();
  });

  test('that cannot be reached rejects as unavailable', async () => {
    const error = await open('postgres://nobody:wrong@127.0.0.1:9/none').catch(
      (thrown: unknown) => thrown,
    );
    expect(isStorageUnavailable(error)).toBe(true);
  });
});
