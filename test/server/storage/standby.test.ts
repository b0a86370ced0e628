// Two real PostgreSQL servers: a primary, and a standby that takes over in the middle of the load.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { batchReplySchema } from '#core/contract/batch.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { serversIn } from '#server/storage/several-hosts.ts';
import { postgresProblem } from '#server/storage/start-mend.ts';
import type { Tables } from '#server/storage/tables.ts';
import { takingOf } from '#server/storage/taking.ts';
import { emptyLog } from '#server/tidying/postgres-log.ts';
import { newOffice } from '../backup/office.ts';
import { envelope } from '../support/fixtures.ts';
import { type PostgresPair, startPair } from '../support/postgres-pair.ts';

const SENDERS = 8;
const BATCHES_EACH = 25;
const IN_A_BATCH = 3;

let pair: PostgresPair;

beforeAll(async () => {
  pair = await startPair();
});

afterAll(() => pair.stop());

const open = (url: string) =>
  openDatabase({ kind: 'postgres', url, isStandbyRequired: true }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

function connect(url: string): Kysely<Tables> {
  const database = postgresDatabase(url, () => undefined);
  onTestFinished(() => database.destroy());
  return database;
}

// One pair, of which the last test kills the first.
describe('of two clusters', { shuffle: false }, () => {
  test('a standby that was stopped finds what was let go of meanwhile, and says that it only reads', async () => {
    const [first = '', second = ''] = serversIn(pair.url);
    const [primary, standby] = [connect(first), connect(second)];
    expect(await takingOf(primary)).toBe('takes');
    // The database itself may still be on its way there.
    await expect.poll(() => takingOf(standby), { timeout: 20_000 }).toBe('read-only');
    await pair.stopStandby();
    // As each tidying does.
    for (let times = 0; times < 3; times += 1) await emptyLog(primary);
    await pair.startStandby();
  }, 60_000);

  test('a standby that takes over in mid-load has everything that was acknowledged, once', async () => {
    const problem = postgresProblem(await open(pair.url).catch((error: unknown) => error));
    expect(problem.message).toContain('set synchronous_standby_names');
    await pair.waitForStandby();

    const office = newOffice();
    const database = { kind: 'postgres', url: pair.url, isStandbyRequired: true } as const;
    const { server, code } = await office.open(database);
    const acknowledged = new Set<string>();
    let refused = 0;

    /** Sends its batches as a device does: the same one again until it is acknowledged. */
    async function sender(number: number) {
      for (let batch = 0; batch < BATCHES_EACH; batch += 1) {
        const first = (number * BATCHES_EACH + batch) * IN_A_BATCH;
        const envelopes = Array.from({ length: IN_A_BATCH }, (_, place) =>
          envelope(1 + first + place, code),
        );
        for (;;) {
          const reply = await server.ask('POST', '/api/v1/batches', { envelopes });
          if (reply.ok) {
            const { results } = batchReplySchema.parse(await reply.json());
            for (const { id, result } of results)
              if (id !== null && (result === 'accepted' || result === 'duplicate'))
                acknowledged.add(id);
            break;
          }
          refused += 1;
          expect(reply.status).toBe(503);
          await reply.body?.cancel();
          await pause(50);
        }
      }
    }
    const sending = Promise.all(Array.from({ length: SENDERS }, (_, number) => sender(number)));

    await expect.poll(() => acknowledged.size).toBeGreaterThan(150);
    pair.holdStandby();
    const acknowledgedMeanwhile = async () => {
      const before = acknowledged.size;
      await pause(500);
      return acknowledged.size - before;
    };
    // What the standby does not have is not acknowledged: once all that it has is, nothing more is, and it is not all.
    await expect.poll(acknowledgedMeanwhile).toBe(0);
    expect(acknowledged.size).toBeLessThan(SENDERS * BATCHES_EACH * IN_A_BATCH);
    const [first = '', second = ''] = serversIn(pair.url);
    const primary = connect(first);
    await expect.poll(() => takingOf(primary), { timeout: 20_000 }).toBe('waits');
    pair.killPrimary();
    await expect.poll(() => refused).toBeGreaterThan(0);
    await pair.promote();
    await sending;
    await server.close();

    const { database: after } = await openDatabase({ kind: 'postgres', url: second }, '', {
      newId: randomUUID,
      onLostConnection: () => undefined,
    });
    const stored = await after.selectFrom('responses').select('id').execute();
    const conflicts = await sql`select id from conflicts`.execute(after);
    await after.destroy();
    expect(stored.map(({ id }) => id).toSorted()).toEqual([...acknowledged].toSorted());
    expect(stored.length).toBe(SENDERS * BATCHES_EACH * IN_A_BATCH);
    expect(conflicts.rows).toEqual([]);
  }, 120_000);
});
