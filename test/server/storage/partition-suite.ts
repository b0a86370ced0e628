// What PostgreSQL's own catalogue and plans say of the keys and parts.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { keepPartitions } from '#server/storage/partitions.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import type { StoredChannel } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { ASSESSMENT, IIT } from '../support/fixtures.ts';
import { numberedUuid, numberedUuids } from '../support/numbered-uuid.ts';
import { addFormerOffice } from './former-office.ts';

const SCALING = join(import.meta.dirname, '../../../docs/scaling.md');

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

const channelOf = (code: string, assessment: string): StoredChannel => ({
  code,
  assessment,
  instrument: IIT.id,
  department: null,
  service: null,
  state: 'open',
});

const assessmentOf = (fiscalYear: number) => ({
  ...ASSESSMENT,
  id: numberedUuid(fiscalYear),
  fiscalYear,
});

const responseOf = (number: number, channel: string) => ({
  id: numberedUuid(number),
  channel,
  day: '2024-11-20',
  digest: sha256('{}'),
  body: '{}',
});

/** What grows with the responses or with those who answer. */
const GROWING = [
  'responses',
  'conflicts',
  'quarantine',
  'uncounted',
  'unfolded',
  'tallies',
  'combinations',
  'day_counts',
  'device_reports',
  'staff_codes',
];

/** Of the table itself, or of one of its parts. */
const isOf = (table: string) => (name: string) => name === table || name.startsWith(`${table}_`);

async function partsIn(database: Kysely<Tables>): Promise<Record<string, number>> {
  const { rows } = await sql<{ part: string; n: string }>`
    select tableoid::regclass::text as part, count(*) as n from responses group by 1 order by 1`.execute(
    database,
  );
  return Object.fromEntries(rows.map(({ part, n }) => [part, Number(n)]));
}

async function partNames(database: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'responses'::regclass order by 1`.execute(database);
  return rows.map(({ name }) => name);
}

/** An office with a response in each of two years. */
async function officeOn(url: string) {
  const { database } = await open(url);
  const storage = createStorage(database, numberedUuids());
  await storage.createAssessment(assessmentOf(2567), [
    channelOf('AAAAAAAA', assessmentOf(2567).id),
  ]);
  await storage.createAssessment(assessmentOf(2568), [
    channelOf('BBBBBBBB', assessmentOf(2568).id),
  ]);
  const responses = [responseOf(1, 'AAAAAAAA'), responseOf(2, 'BBBBBBBB')];
  await storage.keepResponses({ responses, quarantined: [] });
  return { database, storage };
}

export function describePartitions(newDatabase: () => Promise<string>): void {
  describe('the keys and parts of a PostgreSQL database', () => {
    test('the key of each table that grows begins with the organization', async () => {
      const { database } = await officeOn(await newDatabase());
      const { rows } = await sql<{ table: string; first: string }>`
        select relname as "table", attname as first from pg_index
        join pg_class on pg_class.oid = indrelid
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indisprimary and relnamespace = 'public'::regnamespace order by 1`.execute(database);
      const firstOf = new Map(rows.map(({ table, first }) => [table, first]));
      expect(GROWING.map((table) => `${table} ${firstOf.get(table)}`)).toEqual(
        GROWING.map((table) => `${table} organization_id`),
      );
      // Nothing with an organization has another key, but what is looked up by its code alone.
      const { rows: others } = await sql<{ table: string }>`
        select table_name as "table" from information_schema.columns
        where column_name = 'organization_id' and table_schema = 'public'`.execute(database);
      const without = others.filter(({ table }) => firstOf.get(table) !== 'organization_id');
      expect(without).toEqual([{ table: 'channels' }]);
      await database.destroy();
    });

    test('let a database of several machines keep each organization on one, as docs/scaling.md lays them out', async () => {
      const { database } = await officeOn(await newDatabase());
      const text = readFileSync(SCALING, 'utf8');
      const named = (call: RegExp) => [...text.matchAll(call)].map(([, table]) => table ?? '');
      const distributed = named(/create_distributed_table\('(\w+)', 'organization_id'\)/g);
      const everywhere = named(/create_reference_table\('(\w+)'\)/g);
      expect(distributed.toSorted()).toEqual([...GROWING, 'tally_states'].toSorted());

      // Of each part too.
      const { rows: keys } = await sql<{ table: string; columns: string[] }>`
        select relname as "table", array(select attname::text from pg_attribute
          where attrelid = indrelid and attnum = any(indkey)) as columns
        from pg_index join pg_class on pg_class.oid = indrelid
        where indisunique and relnamespace = 'public'::regnamespace`.execute(database);
      for (const table of distributed) {
        const own = keys.filter((key) => isOf(table)(key.table));
        expect(own.length).toBeGreaterThan(0);
        for (const { columns } of own) expect(columns).toContain('organization_id');
      }

      const { rows: pointers } = await sql<{ table: string; target: string; columns: string[] }>`
        select conrelid::regclass::text as "table", confrelid::regclass::text as target,
          array(select attname::text from pg_attribute
            where attrelid = conrelid and attnum = any(conkey)) as columns
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`.execute(
        database,
      );
      const isDistributed = (name: string) => distributed.some((table) => isOf(table)(name));
      const wrong = pointers.filter(({ table, target, columns }) => {
        if (isDistributed(target))
          return !isDistributed(table) || !columns.includes('organization_id');
        if (everywhere.includes(table) || isDistributed(table)) return !everywhere.includes(target);
        return false;
      });
      expect(wrong).toEqual([]);
      expect(pointers.filter(({ table }) => isDistributed(table)).length).toBeGreaterThan(0);

      const { rows: triggers } = await sql<{ table: string }>`
        select tgrelid::regclass::text as "table" from pg_trigger where not tgisinternal`.execute(
        database,
      );
      expect(triggers.filter(({ table }) => isDistributed(table))).toEqual([]);
      await database.destroy();
    });

    test('responses of two years lie in two parts, and only the part of its year is looked into', async () => {
      const { database, storage } = await officeOn(await newDatabase());
      expect(await partsIn(database)).toEqual({ responses_2567: 1, responses_2568: 1 });
      expect(await storage.readResponses({ channel: 'AAAAAAAA', after: '', limit: 9 })).toEqual([
        responseOf(1, 'AAAAAAAA'),
      ]);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select id, digest from responses
        where organization_id = 'any' and fiscal_year = 2568 and id in ('a', 'b')`.execute(
        database,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('responses_2568');
      expect(plan).not.toMatch(/responses_(2567|other)/);
      await storage.close();
    });

    test('processes that make assessments of a new year at once make its part once', async () => {
      const url = await newDatabase();
      const opened = await Promise.all([open(url), open(url), open(url)]);
      const storages = opened.map(({ database }) => createStorage(database, randomUUID));
      const [first] = opened;
      await Promise.all(
        storages.flatMap((storage, place) =>
          [2570, 2571].map((year) => {
            const assessment = {
              ...assessmentOf(year),
              id: numberedUuid(year * 10 + place),
              organization: { th: `เขต ${place}` },
            };
            return storage.createAssessment(assessment, [
              channelOf(`${'ABC'[place]}AAAAA${year % 100}`, assessment.id),
            ]);
          }),
        ),
      );
      if (!first) throw new Error('nothing opened');
      expect(await partNames(first.database)).toEqual([
        'responses_2570',
        'responses_2571',
        'responses_other',
      ]);
      for (const storage of storages) await storage.close();
    });

    test('what came before its year had a part lies with the other years, is told like all others, and moves at the next start', async () => {
      const url = await newDatabase();
      const { database } = await open(url);
      // As a process of the version before does, which makes no parts.
      await addFormerOffice(database, {
        organization: 'office',
        assessment: 'assessment',
        year: 2599,
        channel: 'DDDDDDDD',
      });
      const storage = createStorage(database, numberedUuids());
      await storage.keepResponses({
        responses: [responseOf(1, 'DDDDDDDD'), responseOf(2, 'DDDDDDDD')],
        quarantined: [],
      });
      expect(await partsIn(database)).toEqual({ responses_other: 2 });
      const again = await open(url);
      expect(await partsIn(database)).toEqual({ responses_2599: 2 });
      expect(
        await storage.keepResponses({
          responses: [responseOf(1, 'DDDDDDDD'), responseOf(3, 'DDDDDDDD')],
          quarantined: [],
        }),
      ).toEqual(['duplicate', 'accepted']);
      expect(await partsIn(database)).toEqual({ responses_2599: 3 });
      await again.database.destroy();
      await storage.close();
    });

    test('a part is not waited for while somebody reads all: what comes is kept with the other years', async () => {
      const url = await newDatabase();
      const { database } = await open(url);
      const reader = await (await open(url)).database.startTransaction().execute();
      await reader.selectFrom('responses').select('id').execute();
      await keepPartitions(database, [2577]);
      expect(await partNames(database)).toEqual(['responses_other']);
      await reader.commit().execute();
      await keepPartitions(database, [2577]);
      expect(await partNames(database)).toEqual(['responses_2577', 'responses_other']);
      await database.destroy();
    });

    test('the update does not make it another database for the devices', async () => {
      const url = await newDatabase();
      const database = postgresDatabase(url, () => undefined);
      const former = Object.entries(migrationsFor('postgres')).filter(
        ([name]) => name < '2026-11-22-zg',
      );
      await migrate(database, 'postgres', Object.fromEntries(former));
      const { rows } = await sql<{ place: string }>`
        select concat_ws(' ', 'responses'::regclass::oid,
          (select system_identifier from pg_control_system()),
          left(pg_walfile_name(pg_current_wal_lsn()), 8)) as place`.execute(database);
      await database
        .insertInto('database_life')
        .values({ id: 'this', epoch: 'of before', place: rows[0]?.place ?? '' })
        .execute();
      const opened = await open(url);
      expect(opened.epoch).toBe('of before');
      await opened.database.destroy();
      await database.destroy();
    });
  });
}
