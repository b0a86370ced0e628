// Versions follow each other while server processes of the one before still run on the database.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, test, vi } from 'vitest';
import { assessmentSchema, channelListSchema } from '#core/contract/assessment.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { batchReplySchema } from '#core/contract/batch.ts';
import { migrateAuth } from '#server/auth/better-auth.ts';
import { getConfig } from '#server/config.ts';
import { createApp } from '#server/http/app.ts';
import { besideServer } from '#server/storage/beside-server.ts';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { postgresProblem } from '#server/storage/start-mend.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import type { Storage } from '#server/storage/storage.ts';
import type { Tables } from '#server/storage/tables.ts';
import { ASSESSMENT, DRAFT, EIT, envelope, response } from '../support/fixtures.ts';
import { ACCOUNT, processOn, START } from '../support/test-server.ts';
import { PATIENCE } from '../../support/patience.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../src/server/storage/migrations');

/** From this version on an older process may be running while a migration is made. */
const SINCE = '2026-11-22';

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

/** What a next version may do while this one runs: it only adds. */
const next: Migration = {
  async up(database: Kysely<never>) {
    await database.schema.alterTable('responses').addColumn('of_the_next', 'text').execute();
    await database.schema.createTable('next').addColumn('id', 'text').execute();
  },
};

/** What a version stored with before keys began with the organization, each as it was written. */
const OLDER_STATEMENTS = [
  sql`insert into unfolded (id) select key from json_each('{"id":0}') where true on conflict do nothing`,
  ...['conflicts', 'quarantine'].map(
    (table) => sql`insert into ${sql.table(table)} (id, channel, day, digest, body, protocol)
      values ('id', 'AAAAAAAA', '2024-11-20', 'digest', '{}', 1) on conflict (id, digest) do nothing`,
  ),
  sql`insert into uncounted (id, channel, day, digest, body, reason)
    values ('id', 'AAAAAAAA', '2024-11-20', 'digest', '{}', 'code-missing')
    on conflict (id, digest) do nothing`,
  sql`insert into device_reports (id, channel, revision, finished, acknowledged, waiting, refused, refused_because,
      waiting_since, reported_on, storage_nearly_full, written_off)
    values ('id', 'AAAAAAAA', 1, 1, 1, 0, 0, '[]', null, '2024-11-20', 0, 0)
    on conflict (id) do update set revision = excluded.revision`,
  sql`insert into day_counts (channel, day, n)
    select row.value->>'channel', row.value->>'day', cast(row.value->>'n' as integer)
    from json_each('{"0":{"channel":"AAAAAAAA","day":"2024-11-20","n":1}}') as row where true
    on conflict (channel, day) do update set n = day_counts.n + excluded.n`,
];

/** How that version kept responses. */
const olderWays = (database: Kysely<Tables>): Pick<Storage, 'keepResponses'> => ({
  async keepResponses({ responses }) {
    const values = responses.map(
      ({ id, channel, day, digest, body }) =>
        sql`(${id}, ${channel}, ${day}, ${digest}, ${body}, null)`,
    );
    await database.transaction().execute((transaction) =>
      sql`insert into responses (id, channel, day, digest, body, display) values ${sql.join(values)}
        on conflict (id) do nothing returning id, digest`.execute(transaction),
    );
    return responses.map(() => 'accepted');
  },
});

export function describeRollingUpdate(newDatabase: () => Promise<string>): void {
  describe('server processes of two versions on PostgreSQL', () => {
    test.each(['an empty database', 'a database of an older version'])(
      'that start at once on %s make its tables once',
      async (of) => {
        const url = await newDatabase();
        const older = of.includes('older');
        if (older) {
          const before = postgresDatabase(url, () => undefined);
          const former = Object.entries(migrationsFor('postgres')).filter(
            ([name]) => name < '2026-11-21-p-seal-secrets',
          );
          await migrate(before, 'postgres', Object.fromEntries(former));
          await before.insertInto('set_up_tokens').values({ hash: 'of before' }).execute();
          await before.destroy();
        }
        const opened = await Promise.all([open(url), open(url), open(url)]);
        const [{ database }] = opened;
        const done = await database.selectFrom('kysely_migration').select('name').execute();
        expect(done.map(({ name }) => name).toSorted()).toEqual(
          Object.keys(migrationsFor('postgres')).toSorted(),
        );
        const tokens = await database.selectFrom('set_up_tokens').select('hash').execute();
        expect(tokens).toEqual(older ? [{ hash: 'of before' }] : []);
        for (const one of opened) await one.database.destroy();
      },
    );

    test('of which the older one stores by keys that are gone: it answers 503, keeps nothing, and the device keeps what it has', async () => {
      const url = await newDatabase();
      const opened = await open(url);
      const { database } = opened;
      const running = processOn({ ...opened, clock: { now: START } });
      const { storage } = running.effects;
      const channel = {
        code: makeChannelCode(() => 3),
        assessment: ASSESSMENT.id,
        instrument: EIT.id,
        department: null,
        service: null,
        state: 'open',
      } as const;
      await storage.createAssessment(ASSESSMENT, [channel]);
      const older = createApp({
        ...running.effects,
        storage: { ...storage, ...olderWays(database) },
      });
      const newer = createApp(running.effects);
      const body = JSON.stringify({ envelopes: [envelope(1, channel.code, response(EIT))] });
      const send = (to: ReturnType<typeof createApp>) =>
        to.request('/api/v1/batches', { method: 'POST', body });
      const refused = await send(older);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).not.toBeNull();
      expect(await storage.countResponses([channel.code])).toEqual(new Map());
      const reply = await send(newer);
      expect(batchReplySchema.parse(await reply.json()).results[0]?.result).toBe('accepted');
      for (const statement of OLDER_STATEMENTS) {
        const error: unknown = await statement.execute(database).catch((thrown: unknown) => thrown);
        expect(isStorageUnavailable(error)).toBe(true);
      }
      expect(await storage.countSetAside([channel.code])).toEqual({
        quarantined: 0,
        conflicts: 0,
        uncounted: 0,
      });
      await database.destroy();
    });

    test('go on together: the older one takes answers on the tables of the next, and only its next start says why it does not', async () => {
      const url = await newDatabase();
      const opened = await open(url);
      const { database, dialect } = opened;
      const running = processOn({ ...opened, clock: { now: START } });
      await migrateAuth(running.auth, { database, dialect });
      const app = createApp(running.effects);
      let cookie = '';
      const ask = (method: string, path: string, json?: unknown) =>
        app.request(path, {
          method,
          headers: { 'sec-fetch-site': 'same-origin', cookie },
          ...(json !== undefined && { body: JSON.stringify(json) }),
        });
      await running.setUpLink(false, 'token');
      const signedIn = await ask('POST', '/api/v1/set-up', { token: 'token', ...ACCOUNT });
      cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const made = await ask('POST', '/api/v1/assessments', DRAFT);
      const { id } = assessmentSchema.parse(await made.json());
      const list = await ask('GET', `/api/v1/assessments/${id}/channels`);
      const { channels } = channelListSchema.parse(await list.json());
      const code = channels.find(({ instrument }) => instrument === EIT.id)?.code ?? '';
      const send = async (number: number) => {
        const envelopes = [envelope(number, code, response(EIT))];
        const reply = await ask('POST', '/api/v1/batches', { envelopes });
        return batchReplySchema.parse(await reply.json()).results[0]?.result;
      };
      expect(await send(1)).toBe('accepted');

      const newer = postgresDatabase(url, () => undefined);
      await migrate(newer, 'postgres', { ...migrationsFor('postgres'), '2099-01-01-next': next });
      expect(await send(1)).toBe('duplicate');
      expect(await send(2)).toBe('accepted');
      const participation = await ask('GET', `/api/v1/assessments/${id}/participation`);
      expect(participation.status).toBe(200);

      const problem = postgresProblem(await open(url).catch((error: unknown) => error));
      expect(problem.message).toContain('was used by a newer version of this program');
      await newer.destroy();
      await database.destroy();
    });

    test('tell whoever runs a command beside them that the database is older, or just brought up to date', async () => {
      const url = await newDatabase();
      const config = { ...getConfig({}), database: { kind: 'postgres', url } as const };
      const sentence = () =>
        besideServer(config, () => Promise.resolve('it was used')).catch((error: unknown) =>
          String(error),
        );
      const older =
        'StartProblem: The PostgreSQL database is not of this version yet: start the server once with it (or wait, where it is just starting), then try again.';
      expect(await sentence()).toBe(older);
      const database = postgresDatabase(url, () => undefined);
      const former = Object.entries(migrationsFor('postgres')).filter(
        ([name]) => name < '2026-11-22-zg',
      );
      await migrate(database, 'postgres', Object.fromEntries(former));
      const updating = await database.startTransaction().execute();
      await sql`lock table responses in access exclusive mode`.execute(updating);
      expect(await sentence()).toBe(older);
      await updating.rollback().execute();
      await migrate(database, 'postgres');
      expect(await sentence()).toBe('it was used');
      await sql`insert into kysely_migration values ('2099-01-01-later', '2099')`.execute(database);
      expect(await sentence()).toContain('was used by a newer version');
      const late = await sql`set statement_timeout = 1; select pg_sleep(1)`
        .execute(database)
        .catch((error: unknown) => error);
      expect(postgresProblem(late).message).toContain('is held by another program');
      await database.destroy();
    });

    test.each([
      {
        who: 'counts anew',
        holds: [sql`select pg_advisory_xact_lock(2568002)`, sql`select 1 from responses`],
        wants: [sql`update tally_states set basis = basis`],
      },
      {
        who: 'stores a response with a code',
        holds: [sql`update staff_code_rules set is_demanded = is_demanded`],
        wants: [
          sql`select 1 from responses`,
          sql`update staff_codes set spent = spent`,
          sql`update responses set day = day`,
        ],
      },
    ])(
      'do not hold each other up for ever where the older one $who while indexes are made',
      async ({ holds, wants }) => {
        const database = postgresDatabase(await newDatabase(), () => undefined);
        const former = Object.entries(migrationsFor('postgres')).filter(
          ([name]) => name < '2026-11-22-zm',
        );
        await migrate(database, 'postgres', Object.fromEntries(former));
        const older = await database.startTransaction().execute();
        for (const statement of holds) await statement.execute(older);
        const migrated = migrate(database, 'postgres').then(
          () => 'migrated',
          (error: unknown) => String(error),
        );
        await vi.waitFor(async () => {
          const waiting = await sql`select 1 from pg_locks where not granted
            and database = (select oid from pg_database where datname = current_database())`.execute(
            database,
          );
          expect(waiting.rows).not.toEqual([]);
        }, PATIENCE);
        for (const statement of wants) await statement.execute(older);
        await older.commit().execute();
        expect(await migrated).toBe('migrated');
        await database.destroy();
      },
    );

    test('are not harmed by what a migration takes away: none does, unless it says since when nobody needs it, or that it wants a stop', () => {
      const taking =
        /dropTable|dropColumn|renameTo|renameColumn|setNotNull|setDataType|drop (table|column)|rename (to|column)/;
      const files = readdirSync(MIGRATIONS).filter((name) => name >= SINCE && name.endsWith('.ts'));
      expect(files.length).toBeGreaterThan(0);
      const harmful = files.filter((name) => {
        const text = readFileSync(join(MIGRATIONS, name), 'utf8');
        const isSaid =
          /^\/\/ (Nobody needs it since version \S+|Wants a stop of the version before: )/m;
        return taking.test(text) && !isSaid.test(text);
      });
      expect(harmful).toEqual([]);
      // Each of these has its test above.
      const stopping = files.filter((name) =>
        readFileSync(join(MIGRATIONS, name), 'utf8').includes('// Wants a stop'),
      );
      expect(stopping).toEqual(['2026-11-22-zg-keys-by-organization.ts']);
    });
  });
}
