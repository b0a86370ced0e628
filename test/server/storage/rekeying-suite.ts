// A full database from before the keys began with the organization.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate, migrationsFor } from '#server/storage/migrate.ts';
import type { Dialect } from '#server/storage/migrations/2026-11-20-first-tables.ts';
import type { Tables } from '#server/storage/tables.ts';
import { numberedUuid, numberedUuids } from '../support/numbered-uuid.ts';
import { addFormerOffice, type FormerOffice } from './former-office.ts';

const OFFICES: readonly FormerOffice[] = [
  { organization: 'north', assessment: 'north-2567', year: 2567, channel: 'CCCCCCCC' },
  { organization: 'north', assessment: 'north-2568', year: 2568, channel: 'AAAAAAAA' },
  { organization: 'south', assessment: 'south-2568', year: 2568, channel: 'BBBBBBBB' },
];

const DAY = '2024-11-20';

/** Of each office two responses and one of all else; the ids of one are not beside each other. */
const idsOf = (place: number) => [numberedUuid(60 - place), numberedUuid(30 + place)];

const bodyOf = (id: string) => JSON.stringify({ id });

const rowOf = (id: string, channel: string) => ({
  id,
  channel,
  day: DAY,
  digest: sha256(bodyOf(id)),
  body: bodyOf(id),
});

const former = (dialect: Dialect) =>
  Object.fromEntries(
    Object.entries(migrationsFor(dialect)).filter(([name]) => name < '2026-11-22-zg'),
  );

async function fill(database: Kysely<Tables>): Promise<void> {
  for (const [place, office] of OFFICES.entries()) {
    await addFormerOffice(database, office);
    const { organization, assessment, channel } = office;
    for (const id of idsOf(place)) {
      const { digest, body } = rowOf(id, channel);
      await sql`insert into responses (id, channel, day, digest, body, display)
        values (${id}, ${channel}, ${DAY}, ${digest}, ${body}, 'display')`.execute(database);
      await sql`insert into conflicts (id, channel, day, digest, body, protocol)
        values (${id}, ${channel}, ${DAY}, ${`other ${digest}`}, ${body}, 2)`.execute(database);
      await sql`insert into quarantine (id, channel, day, digest, body, protocol)
        values (${id}, ${channel}, ${DAY}, ${digest}, ${body}, 3)`.execute(database);
      await sql`insert into uncounted (id, channel, day, digest, body, reason)
        values (${id}, ${channel}, ${DAY}, ${digest}, ${body}, 'code-missing')`.execute(database);
    }
    const [waiting] = idsOf(place);
    await sql`insert into unfolded (id) values (${waiting})`.execute(database);
    await sql`insert into device_reports (id, channel, revision, finished, acknowledged, waiting, refused,
        refused_because, waiting_since, reported_on, storage_nearly_full, written_off)
      values (${numberedUuid(80 + place)}, ${channel}, 9007199254740991, 5, 4, 1, 0, '[]', null, ${DAY}, 1, 1)`.execute(
      database,
    );
    await sql`insert into day_counts (channel, day, n) values (${channel}, ${DAY}, 1)`.execute(
      database,
    );
    await sql`insert into staff_codes (organization_id, assessment_id, department, hash, spent)
      values (${organization}, ${assessment}, 2, ${sha256(channel)}, 1)`.execute(database);
  }
  // Its response was removed with an assessment, and nobody has looked since.
  await sql`insert into unfolded (id) values (${numberedUuid(99)})`.execute(database);
}

const CHILD = join(import.meta.dirname, 'rekey-until-killed.ts');

/** `open` gives an empty database without any tables, and its file or URL. */
export function describeRekeying(
  name: string,
  dialect: Dialect,
  open: () => Promise<{ database: Kysely<Tables>; at: string }>,
): void {
  describe(`a full database from before keys began with the organization, on ${name}`, () => {
    let database: Kysely<Tables>;
    let at: string;

    beforeEach(async () => {
      ({ database, at } = await open());
      await migrate(database, dialect, former(dialect));
      await fill(database);
    });

    afterEach(() => database.destroy());

    test('keeps every row, with its organization and year', async () => {
      await migrate(database, dialect);
      const storage = createStorage(database, numberedUuids());
      for (const [place, { organization, assessment, year, channel }] of OFFICES.entries()) {
        const ids = idsOf(place).toSorted();
        const page = { channel, after: null, limit: 10 };
        const rows = ids.map((id) => rowOf(id, channel));
        expect(await storage.readResponses({ ...page, after: '' })).toEqual(
          rows.map((row) => ({ ...row, display: 'display' })),
        );
        expect(await storage.readConflicts(page)).toEqual(
          rows.map((row) => ({ ...row, digest: `other ${row.digest}`, protocol: 2 })),
        );
        expect(await storage.readQuarantine(page)).toEqual(
          rows.map((row) => ({ ...row, protocol: 3 })),
        );
        expect(await storage.countUncounted([channel])).toEqual([
          { channel, reason: 'code-missing', count: 2 },
        ]);
        expect(await storage.sumDeviceReports([channel])).toMatchObject({
          devices: 1,
          finished: 5,
        });
        const [device] = await storage.listTroubledDevices([channel]);
        expect(device).toMatchObject({ id: numberedUuid(80 + place), isWrittenOff: true });
        const codes = await storage.readStaffCodes(assessment);
        expect(codes.departments).toEqual([{ department: 2, made: 1, spent: 1 }]);
        const inPlace = { organization_id: organization, fiscal_year: year };
        const placed = await database
          .selectFrom('responses')
          .select(['organization_id', 'fiscal_year'])
          .where('channel', '=', channel)
          .execute();
        expect(placed).toEqual([inPlace, inPlace]);
        const unfolded = await database
          .selectFrom('unfolded')
          .selectAll()
          .where('organization_id', '=', organization)
          .where('fiscal_year', '=', year)
          .execute();
        expect(unfolded).toEqual([{ ...inPlace, id: idsOf(place)[0] }]);
        const days = await database
          .selectFrom('day_counts')
          .selectAll()
          .where('channel', '=', channel)
          .execute();
        expect(days).toEqual([
          { organization_id: organization, assessment_id: assessment, channel, day: DAY, n: 1 },
        ]);
      }
      expect(await database.selectFrom('unfolded').select('id').execute()).toHaveLength(3);
    });

    test('keeps every row whatever its id begins with, and says how far it is', async () => {
      const [, office] = OFFICES;
      if (!office) throw new Error('no office');
      const digits = '0123456789abcdefABCDEF'.split('');
      const ids = digits.map((digit) => digit + numberedUuid(1).slice(1));
      for (const id of ids) {
        const { channel, day, digest, body } = rowOf(id, office.channel);
        await sql`insert into responses (id, channel, day, digest, body)
          values (${id}, ${channel}, ${day}, ${digest}, ${body})`.execute(database);
      }
      const parts: string[] = [];
      const note = async (part: string) => void parts.push(part);
      await migrate(database, dialect, migrationsFor(dialect, note), note);
      const kept = await database.selectFrom('responses').select('id').execute();
      const before = OFFICES.flatMap((_, place) => idsOf(place));
      expect(kept.map(({ id }) => id).sort()).toEqual([...before, ...ids].sort());
      const last = dialect === 'sqlite' ? 16 : 1;
      expect(parts).toContain(`responses: copying part ${last} of ${last}`);
      expect(parts).toContain('2026-11-22-zm-found-without-organization');
    });

    test('is not changed by a second start, and is as it was where the first did not end', async () => {
      const failing = {
        up: () => Promise.reject(new Error('stopped half-way')),
      };
      const stopped = { ...migrationsFor(dialect), '2099-01-01-half': failing };
      await expect(migrate(database, dialect, stopped)).rejects.toThrow('stopped half-way');
      const before = await sql<{ id: string }>`select * from responses order by id`.execute(
        database,
      );
      expect(before.rows).toHaveLength(6);
      expect(before.rows[0]).not.toHaveProperty('organization_id');
      await migrate(database, dialect);
      await migrate(database, dialect);
      const after = await sql`select id from responses`.execute(database);
      expect(after.rows).toHaveLength(6);
    });

    test('is as it was where the update was killed, and is brought up to date whole by the next', async () => {
      const child = spawn(process.execPath, [CHILD, dialect, at]);
      const ended = new Promise((resolve) => {
        child.once('close', resolve);
      });
      await new Promise((resolve, reject) => {
        child.stdout.once('data', resolve);
        child.once('close', () => reject(new Error('it ended by itself')));
      });
      child.kill('SIGKILL');
      await ended;
      const before = await sql<object>`select * from responses`.execute(database);
      expect(before.rows).toHaveLength(6);
      expect(before.rows[0]).not.toHaveProperty('organization_id');
      await migrate(database, dialect);
      const storage = createStorage(database, numberedUuids());
      for (const [place, { channel }] of OFFICES.entries())
        expect((await storage.listResponseIds(channel)).toSorted()).toEqual(
          idsOf(place).toSorted(),
        );
    });

    test('knows again what it had, and takes the same id of another organization or year for another response', async () => {
      await migrate(database, dialect);
      const storage = createStorage(database, numberedUuids());
      const [id = ''] = idsOf(1);
      const send = async (channel: string, body = bodyOf(id)) =>
        storage.keepResponses({
          responses: [{ ...rowOf(id, channel), body, digest: sha256(body) }],
          quarantined: [],
        });
      expect(await send('AAAAAAAA')).toEqual(['duplicate']);
      expect(await send('AAAAAAAA', '{"other":1}')).toEqual(['conflict']);
      expect(await send('CCCCCCCC')).toEqual(['accepted']);
      expect(await send('BBBBBBBB', '{"other":1}')).toEqual(['accepted']);
      expect(await send('BBBBBBBB')).toEqual(['conflict']);
      const responses = ['AAAAAAAA', 'BBBBBBBB', 'CCCCCCCC', 'BBBBBBBB'].map((channel) =>
        rowOf(numberedUuid(70), channel),
      );
      expect(await storage.keepResponses({ responses, quarantined: [] })).toEqual([
        'accepted',
        'accepted',
        'accepted',
        'duplicate',
      ]);
      expect(await storage.countResponses(['AAAAAAAA', 'BBBBBBBB', 'CCCCCCCC'])).toEqual(
        new Map([
          ['AAAAAAAA', 3],
          ['BBBBBBBB', 4],
          ['CCCCCCCC', 4],
        ]),
      );
    });
  });
}
