// Parts of the responses come to be on PostgreSQL while others store and read.
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { batchReplySchema } from '#core/contract/batch.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createApp } from '#server/http/app.ts';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { addPartitions, keepPartitions } from '#server/storage/partitions.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import type { Storage, StoredResponse } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { ASSESSMENT, EIT, envelope, INSTRUMENTS, response } from '../support/fixtures.ts';
import { numberedUuid, numberedUuids } from '../support/numbered-uuid.ts';
import { processOn, START } from '../support/test-server.ts';

const YEAR = 2599;

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

const channelOf = (assessment: string, seed = 0) =>
  ({
    code: makeChannelCode((below) => seed % below),
    assessment,
    instrument: EIT.id,
    department: null,
    service: null,
    state: 'open',
  }) as const;

/** An assessment whose year has no part, as a version of before, or a backup that held the tables, leaves it. */
async function withoutPart(database: Kysely<Tables>, storage: Storage, year = YEAR) {
  const assessment = { ...ASSESSMENT, id: numberedUuid(year) };
  const channel = channelOf(assessment.id, year % 100);
  await storage.createAssessment(assessment, [channel]);
  await sql`update assessments set fiscal_year = ${year}, kept_year = ${year}
    where id = ${assessment.id}`.execute(database);
  return { assessment: assessment.id, code: channel.code };
}

const BODY = canonicalJson(response(EIT));

const rowOf = (number: number, channel: string): StoredResponse => ({
  id: numberedUuid(number),
  channel,
  day: '2024-11-20',
  digest: sha256(BODY),
  body: BODY,
});

/** Until so many sessions of the database wait for a lock. */
async function waiting(database: Kysely<Tables>, sessions: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database);
      return rows[0]?.n;
    })
    .toBe(sessions);
}

const partsWith = async (database: Kysely<Tables>) => {
  const { rows } = await sql<{ part: string; n: number }>`
    select tableoid::regclass::text as part, count(*)::int as n from responses group by 1 order by 1`.execute(
    database,
  );
  return Object.fromEntries(rows.map(({ part, n }) => [part, n]));
};

/** How a version before attached a part: whoever stores for other years goes on, and waits for the rows alone. */
async function attachAsBefore(transaction: Kysely<Tables>, year: number): Promise<void> {
  const part = sql.table(`responses_${year}`);
  await sql`lock table responses_other in access exclusive mode`.execute(transaction);
  await sql`create table ${part} (like responses including defaults)`.execute(transaction);
  await sql`with moved as (delete from responses_other where fiscal_year = ${year} returning *)
    insert into ${part} select * from moved`.execute(transaction);
  await sql`alter table responses attach partition ${part} for values in (${sql.lit(year)})`.execute(
    transaction,
  );
}

/** What PostgreSQL says when it is not to be blamed on what was to be stored, each made to happen. */
const PASSING: Record<
  string,
  (a: Kysely<Tables>, b: Kysely<Tables>, onlooker: Kysely<Tables>) => Promise<unknown>
> = {
  async '55P03'(a, b) {
    await sql`lock table limits in access exclusive mode`.execute(b);
    await sql`set local lock_timeout = 10`.execute(a);
    return sql`select from limits`.execute(a);
  },
  async '57014'(a) {
    await sql`set local statement_timeout = 10`.execute(a);
    return sql`select pg_sleep(5)`.execute(a);
  },
  async '25P02'(a) {
    await sql`select 1 / 0`.execute(a).catch(() => undefined);
    return sql`select 1`.execute(a);
  },
  async '40001'(a, b) {
    await sql`set transaction isolation level repeatable read`.execute(a);
    await sql`select from audit_head`.execute(a);
    await sql`update audit_head set number = 0`.execute(b);
    await sql`commit`.execute(b);
    return sql`update audit_head set number = 0`.execute(a);
  },
  async '40P01'(a, b, onlooker) {
    await sql`set local deadlock_timeout = 10`.execute(a);
    await sql`lock table limits in access exclusive mode`.execute(b);
    await sql`lock table measures in access exclusive mode`.execute(a);
    const waits = sql`select from measures`.execute(b);
    await waiting(onlooker, 1);
    const error: unknown = await sql`select from limits`
      .execute(a)
      .catch((thrown: unknown) => thrown);
    await sql`rollback`.execute(a);
    await waits;
    throw error;
  },
  '57P01': (a) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(a),
};

/** As devices do: the same again, to whichever process, until it is acknowledged. */
async function sendUntilKept(to: Storage | undefined, rows: StoredResponse[]): Promise<void> {
  try {
    await to?.keepResponses({ responses: rows, quarantined: [] });
  } catch (error) {
    if (!isStorageUnavailable(error)) throw error;
    await sendUntilKept(to, rows);
  }
}

export function describePartMoves(newDatabase: () => Promise<string>): void {
  describe('a part of the responses that comes to be while', () => {
    test('a response is on its way to where it lay: that is answered 503, not kept, and accepted when it comes again', async () => {
      const opened = await open(await newDatabase());
      const { database } = opened;
      const { effects } = processOn({ ...opened, clock: { now: START } });
      const { code } = await withoutPart(database, effects.storage);
      const app = createApp(effects);
      const body = JSON.stringify({ envelopes: [envelope(1, code, response(EIT))] });
      const send = () => app.request('/api/v1/batches', { method: 'POST', body });
      const attaching = await database.startTransaction().execute();
      await attachAsBefore(attaching, YEAR);
      const sent = send();
      await waiting(database, 1);
      await attaching.commit().execute();
      const refused = await sent;
      expect(refused.headers.get('retry-after')).toBe('10');
      const { status, code: said } = problemSchema.parse(await refused.json());
      expect(`${status} ${said}`).toBe('503 storage-unavailable');
      expect(await partsWith(database)).toEqual({});
      const reply = await send();
      expect(batchReplySchema.parse(await reply.json()).results[0]?.result).toBe('accepted');
      expect(await partsWith(database)).toEqual({ [`responses_${YEAR}`]: 1 });
      await database.destroy();
    });

    test('PostgreSQL breaks a transaction off is told as storage that is away, whatever its reason', async () => {
      const { database } = await open(await newDatabase());
      for (const [state, breakOff] of Object.entries(PASSING)) {
        const [a, b] = [
          await database.startTransaction().execute(),
          await database.startTransaction().execute(),
        ];
        const error: unknown = await breakOff(a, b, database).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: state });
        expect(isStorageUnavailable(error)).toBe(true);
        for (const one of [a, b])
          await one
            .rollback()
            .execute()
            .catch(() => undefined);
      }
      await sql`create table ruled (n int check (n > 0))`.execute(database);
      const ruled: unknown = await sql`insert into ruled values (0)`
        .execute(database)
        .catch((thrown: unknown) => thrown);
      expect(ruled).toMatchObject({ code: '23514' });
      expect(isStorageUnavailable(ruled)).toBe(false);
      await database.destroy();
    });

    test('others store, read and count: all wait for it, and nothing is passed over', async () => {
      const { database } = await open(await newDatabase());
      const storage = createStorage(database, numberedUuids());
      const counting = createCounting(INSTRUMENTS);
      const { assessment, code } = await withoutPart(database, storage);
      await storage.recount(assessment, EIT.id, 10, counting);
      await storage.keepResponses({ responses: [rowOf(1, code)], quarantined: [] });
      const adding = await database.startTransaction().execute();
      await addPartitions(adding, [YEAR]);
      const read = storage.listResponseIds(code);
      const folded = storage.foldResponses(10, counting);
      const kept = storage.keepResponses({ responses: [rowOf(2, code)], quarantined: [] });
      await waiting(database, 3);
      await adding.commit().execute();
      expect(await kept).toEqual(['accepted']);
      expect(await read).toContain(numberedUuid(1));
      await folded;
      await storage.foldResponses(10, counting);
      expect(await storage.checkTallies(assessment, EIT.id, counting)).toBe('right');
      expect(await partsWith(database)).toEqual({ [`responses_${YEAR}`]: 2 });
      await database.destroy();
    });

    test('devices send to two processes loses and doubles nothing, and all of it is counted once', async () => {
      const url = await newDatabase();
      const opened = await Promise.all([open(url), open(url)]);
      const processes = opened.map(({ database }) => createStorage(database, randomUUID));
      const [first] = opened;
      const [storage] = processes;
      if (!first || !storage) throw new Error('nothing opened');
      const counting = createCounting(INSTRUMENTS);
      const years = [2591, 2592, 2593, 2594, 2595];
      const offices: Awaited<ReturnType<typeof withoutPart>>[] = [];
      for (const year of years) {
        const office = await withoutPart(first.database, storage, year);
        await storage.recount(office.assessment, EIT.id, 10, counting);
        offices.push(office);
      }
      const perDevice = 30;
      const starts: Promise<void>[] = [];
      const devices = Array.from({ length: 8 }, async (_, device) => {
        for (let turn = 0; turn < perDevice; turn += 1) {
          // Another process starts, and makes the part of a year.
          if (device === 0 && turn % 6 === 3)
            starts.push(keepPartitions(first.database, years.slice(0, Math.ceil(turn / 6))));
          const office = offices[(turn + device) % offices.length];
          const rows = [rowOf(device * perDevice + turn, office?.code ?? '')];
          await sendUntilKept(processes[device % 2], rows);
          // Its answer got lost, and the next process is asked.
          if (turn % 3 === 0) await sendUntilKept(processes[(device + 1) % 2], rows);
          if (turn % 5 === 0) await processes[device % 2]?.foldResponses(50, counting);
        }
      });
      await Promise.all(devices);
      await Promise.all(starts);
      while ((await storage.foldResponses(500, counting)) > 0);
      const each = (devices.length * perDevice) / years.length;
      const lying = Object.fromEntries(years.map((year) => [`responses_${year}`, each]));
      expect(await partsWith(first.database)).toEqual(lying);
      for (const { assessment, code } of offices) {
        expect(await storage.listResponseIds(code)).toHaveLength(each);
        expect(await storage.checkTallies(assessment, EIT.id, counting)).toBe('right');
      }
      for (const one of processes) await one.close();
    });
  });
}
