// A PostgreSQL that vanishes without a word: its machine is gone, or the network between, and nobody says so.
import { randomUUID } from 'node:crypto';
import dns from 'node:dns';
import type { Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createStorage } from '#server/storage/create-storage.ts';
import { postgresDatabase } from '#server/storage/postgres.ts';
import { isStorageUnavailable } from '#server/storage/storage-error.ts';
import { PATIENCE } from '../../support/patience.ts';
import { ASSESSMENT, IIT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { type PostgresCluster, startPostgres } from '../support/postgres-cluster.ts';
import { startSilentRelay } from '../support/silent-relay.ts';

/** As the server's own, but sooner. */
const SOON = { quietMs: 500, goneMs: 2_000, lookMs: 100, idleInTransactionMs: 4_000 };

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

/** What a server asks over another connection once one has been silent for long. */
const isSignOfLife = (bytes: Buffer) => bytes.length === 8 && bytes.readUInt32BE(4) === 80_877_103;

interface Circumstances {
  /** What is between does so when it is asked for a sign of life. */
  whenAsked?: (asking: Socket) => void;
  /** The name of its machine. */
  name?: string;
}

/** A storage whose database may vanish, with an assessment in it. */
async function storageBehindRelay({ whenAsked, name = '127.0.0.1' }: Circumstances = {}) {
  const itself = await cluster.newDatabaseWithTables();
  const relay = await startSilentRelay(itself, {
    hear: (bytes, asking) => isSignOfLife(bytes) && whenAsked?.(asking),
  });
  const url = Object.assign(new URL(relay.url), { hostname: name });
  const lost: string[] = [];
  const database = postgresDatabase(url.href, ({ message }) => lost.push(message), SOON);
  const storage = createStorage(database, randomUUID);
  onTestFinished(() => storage.close());
  await storage.createAssessment(ASSESSMENT, [CHANNEL]);
  return { itself, port: Number(url.port), relay, database, storage, lost };
}

/** A name that leads to this address until it is told to lead to another, or nowhere. */
function nameThatLeadsTo(address: string) {
  const lookup = dns.lookup as (host: string, ...rest: unknown[]) => void;
  const name = { is: 'first.test', address: address as string | null };
  const spy = vi
    .spyOn(dns, 'lookup')
    .mockImplementation((host: string, ...rest: unknown[]) =>
      lookup(host === name.is ? (name.address ?? 'nowhere.invalid') : host, ...rest),
    );
  onTestFinished(() => spy.mockRestore());
  return name;
}

const longAtWork = sql`select pg_sleep(${sql.lit((2 * SOON.quietMs + SOON.goneMs) / 1000)})`;

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
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
    await longAtWork.execute(database);
    expect(lost).toEqual([]);
  });

  test('is another than one whose name leads nowhere for a while', async () => {
    const name = nameThatLeadsTo('127.0.0.1');
    const { database } = await storageBehindRelay({ name: name.is });
    name.address = null;
    expect(await refusal(longAtWork.execute(database))).toBe('done');
  });

  test('is noticed although its name leads to another by then', async () => {
    const name = nameThatLeadsTo('127.0.0.1');
    const { itself, port, relay, storage } = await storageBehindRelay({ name: name.is });
    await startSilentRelay(itself, { host: '127.0.0.2', port });
    relay.fallSilent();
    name.address = '127.0.0.2';
    expect(await refusal(storage.keepResponses(toKeep(1)))).toBe('to be sent again');
    expect(await storage.keepResponses(toKeep(1))).toEqual(['accepted']);
  });

  test('is another than a server that is held up itself while it asks', async () => {
    let timesHeldUp = 0;
    const { database } = await storageBehindRelay({
      whenAsked() {
        if (timesHeldUp++ > 0) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SOON.goneMs + 100);
      },
    });
    await longAtWork.execute(database);
    expect(timesHeldUp).toBeGreaterThan(0);
  });

  test('is another than one whose front hangs up on whoever does not speak TLS at once', async () => {
    const waysToHangUp = ['destroy', 'resetAndDestroy'] as const;
    const work = waysToHangUp.map(async (hangUp) => {
      const { database } = await storageBehindRelay({ whenAsked: (asking) => asking[hangUp]() });
      return refusal(longAtWork.execute(database));
    });
    expect(await Promise.all(work)).toEqual(['done', 'done']);
  });
});
