// A PostgreSQL that vanishes without a word: its machine is gone, or the network between, and nobody says so.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createStorage } from '#server/storage/create-storage.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import { PATIENCE } from '../../support/patience.ts';
import { ASSESSMENT, IIT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { startSilentRelay } from '../support/silent-relay.ts';

/** As the server's own, but sooner. */
const SOON = { quietMs: 500, goneMs: 2_000, lookMs: 100, idleInTransactionMs: 1_000 };

const CHANNEL = {
  code: 'AAAAAAAA',
  assessment: ASSESSMENT.id,
  instrument: IIT.id,
  department: null,
  service: null,
  state: 'open',
} as const;

const toKeep = (...numbers: number[]) => ({
  responses: numbers.map((number) => ({
    id: numberedUuid(number),
    channel: CHANNEL.code,
    day: '2024-11-20',
    digest: 'd',
    body: '{}',
  })),
  quarantined: [],
});

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await startPostgres();
}, 120_000);

afterAll(() => cluster.stop());

/** A storage whose database may vanish, with an assessment in it. */
async function storageBehindRelay() {
  const relay = await startSilentRelay(await cluster.newDatabaseWithTables());
  const lost: string[] = [];
  const database = postgresDatabase(relay.url, ({ message }) => lost.push(message), SOON);
  const storage = createStorage(database, randomUUID);
  onTestFinished(() => storage.close());
  await storage.createAssessment(ASSESSMENT, [CHANNEL]);
  return { relay, database, storage, lost };
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'kept',
    (error: unknown) => (isStorageUnavailable(error) ? 'to be sent again' : error),
  );

describe('a PostgreSQL that vanishes', { timeout: 3 * PATIENCE.timeout }, () => {
  test('is told of to those who wait for it, and takes answers again once it is back', async () => {
    const { relay, database, storage } = await storageBehindRelay();
    expect(await storage.keepResponses(toKeep(1))).toEqual(['accepted']);
    // So many connections are there by now, which nobody uses.
    await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.1)`.execute(database)));
    relay.fallSilent();
    const asked = [storage.keepResponses(toKeep(2)), storage.keepResponses(toKeep(3, 1))];
    const looked = storage.findAssessment(ASSESSMENT.id);
    expect(await Promise.all([...asked, looked].map(refusal))).toEqual(
      Array(3).fill('to be sent again'),
    );
    relay.comeBack();
    // At once: none of the connections of before is left.
    expect(await storage.keepResponses(toKeep(2, 3, 1))).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
  });

  test('holds nothing against whoever sends it again that it had begun to keep', async () => {
    const { relay, database, storage } = await storageBehindRelay();
    const begun = database.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('channels')
        .set({ state: 'closed' })
        .where('code', '=', CHANNEL.code)
        .execute();
      relay.fallSilent();
    });
    expect(await refusal(begun)).toBe('to be sent again');
    relay.comeBack();
    const changed = await storage.changeChannel(CHANNEL.code, { state: 'closed' });
    expect(changed?.state).toBe('closed');
  });

  test('is another than one that is long at work', async () => {
    const { database, lost } = await storageBehindRelay();
    const longAtWork = sql`select pg_sleep(${sql.lit((2 * SOON.quietMs + SOON.goneMs) / 1000)})`;
    await longAtWork.execute(database);
    expect(lost).toEqual([]);
  });
});
