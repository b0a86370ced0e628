import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { participationSchema } from '#core/contract/participation.ts';
import { scoresReplySchema } from '#core/contract/scores.ts';
import { unlikePeople } from '../support/crowd.ts';
import { DRAFT, EIT, envelope, IIT } from '../support/fixtures.ts';
import { judgeHere } from '../support/judge-stored.ts';
import { keepSums } from '../support/keep-sums.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';

type TestServer = Awaited<ReturnType<typeof createTestServer>>;

const batchOf = (code: string) =>
  Array.from({ length: 100 }, (_, index) => envelope(index + 1, code));

/** Another program, such as a tool for databases, that holds the right to write. */
function holdWriteLock({ databaseFile }: TestServer) {
  const other = new Database(databaseFile);
  other.exec('begin immediate');
  return () => other.close();
}

function fillDisk({ handle }: TestServer) {
  handle.pragma(`max_page_count = ${String(handle.pragma('page_count', { simple: true }))}`);
  return () => handle.pragma('max_page_count = 1000000');
}

function makeReadOnly({ handle }: TestServer) {
  handle.pragma('query_only = ON');
  return () => handle.pragma('query_only = OFF');
}

/** Overwrites all but the first page, under the open database. */
function damagePages({ handle, databaseFile }: TestServer) {
  handle.pragma('wal_checkpoint(TRUNCATE)');
  const before = readFileSync(databaseFile);
  const descriptor = openSync(databaseFile, 'r+');
  writeSync(descriptor, new Uint8Array(statSync(databaseFile).size - 4096).fill(7), 0, null, 4096);
  closeSync(descriptor);
  handle.pragma('shrink_memory');
  return function putBack() {
    writeFileSync(databaseFile, before);
    handle.pragma('shrink_memory');
  };
}

describe('while the database', () => {
  test.each<[string, (server: TestServer) => () => unknown, string]>([
    ['is locked by another program', holdWriteLock, 'storage unavailable'],
    [
      'has no space',
      fillDisk,
      'the disk is full: nothing is kept until there is room, then it goes on by itself',
    ],
    ['is read-only', makeReadOnly, 'storage unavailable'],
    [
      'is damaged',
      damagePages,
      'the database file is damaged: stop the server and put a backup back with npm run restore',
    ],
  ])('%s a batch is answered 503, and accepted once when that is over', async (_, fail, line) => {
    const server = await createTestServer();
    const { code } = await server.createChannel(IIT.id);
    const batch = batchOf(code);
    const mend = fail(server);
    const reply = await server.sendBatch(batch);
    expect(reply.headers.get('retry-after')).toBe('10');
    expect(await problemIn(reply)).toBe('503 storage-unavailable');
    expect(server.logged.map(({ message }) => message)).toContain(line);

    mend();
    expect(await server.storage.countResponses([code])).toEqual(new Map());
    const outcomes = async () =>
      new Set((await server.resultsOf(batch)).map(({ result }) => result));
    expect(await outcomes()).toEqual(new Set(['accepted']));
    expect(await outcomes()).toEqual(new Set(['duplicate']));
    expect(await server.storage.countResponses([code])).toEqual(new Map([[code, 100]]));
  });

  test.each<[string, (server: TestServer) => unknown]>([
    ['is closed under the server', ({ handle }) => handle.close()],
    ['is closed by the server', ({ storage }) => storage.close()],
  ])('%s a batch is answered 503', async (_, close) => {
    const server = await createTestServer();
    const { code } = await server.createChannel(IIT.id);
    await close(server);
    const reply = await server.sendBatch(batchOf(code));
    expect(reply.headers.get('retry-after')).toBe('10');
    expect(await problemIn(reply)).toBe('503 storage-unavailable');
  });
});

test('a database that had no room for answers is told of until it takes some, or none has come for long', async () => {
  const server = await createTestServer();
  const { code } = await server.createChannel(IIT.id);
  const batch = batchOf(code);
  /** What is told of the disk a second later. */
  const told = async () => {
    server.clock.now += 1_000;
    return (await server.app.request('/readyz')).text();
  };
  const enough = '{"status":"ready","disk":"enough","database":"takes"}';
  const little = '{"status":"ready","disk":"little","database":"takes"}';
  expect(await told()).toBe(enough);
  const mend = fillDisk(server);
  await server.sendBatch(batch);
  expect(await told()).toBe(little);
  server.clock.now += 10 * 60_000;
  expect(await told()).toBe(enough);
  await server.sendBatch(batch);
  expect(await told()).toBe(little);
  mend();
  await server.sendBatch(batch);
  expect(await told()).toBe(enough);
});

test('an admin who saves on a full disk is told of the disk', async () => {
  const server = await createTestServer();
  const { assessment } = await server.createAssessment();
  const mend = fillDisk(server);
  const save = async () => {
    const departments = Array.from({ length: 150 }, (_, index) => ({
      number: index + 1,
      name: { th: `ฝ่ายที่ ${index} `.repeat(5) },
      targets: {},
      retired: false,
    }));
    const path = `/api/v1/assessments/${assessment.id}`;
    return server.ask('PUT', path, { json: { ...DRAFT, departments } });
  };
  expect(await (await save()).json()).toMatchObject({
    code: 'storage-unavailable',
    detail: 'disk-full',
  });
  mend();
  expect((await save()).status).toBe(200);
});

/** So many rows in a row that do not fit say that no more will. */
const NO_MORE_FIT = 300;

/** What lies in half-full pages is filled too: nothing more fits into the table. */
function fillTable({ handle }: TestServer, insert: string) {
  const one = handle.prepare(insert);
  for (let refused = 0; refused < NO_MORE_FIT;)
    try {
      one.run();
    } catch {
      refused += 1;
    }
}

describe('on a full disk', () => {
  test.each([
    ['limits', `insert into limits values (hex(randomblob(32)), 1, 0)`],
    [
      'session',
      `insert into session select hex(randomblob(16)), "expiresAt", hex(randomblob(16)), "createdAt", "updatedAt",
        "ipAddress", "userAgent", "userId" from session limit 1`,
    ],
  ])('whoever signs in is told of the disk where %s is full', async (_table, insert) => {
    const server = await createTestServer();
    await server.signIn();
    const signIn = async () =>
      server.ask('POST', '/api/v1/session', { json: ACCOUNT, headers: { cookie: '' } });
    const mend = fillDisk(server);
    fillTable(server, insert);
    const reply = await signIn();
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect(await reply.json()).toMatchObject({
      code: 'storage-unavailable',
      detail: 'disk-full',
    });
    mend();
    expect((await signIn()).status).toBe(201);
  });

  test.each([
    ['was ever counted', 0],
    ['is counted but for what came since', 1],
  ])('whoever looks sees all answers, where nothing %s', async (_what, before) => {
    const server = await createTestServer();
    vi.spyOn(server.effects.judging, 'judge').mockImplementation(judgeHere(server.database));
    const { assessment, code } = await server.createChannel(EIT.id);
    const path = `/api/v1/assessments/${assessment.id}`;
    const crowd = unlikePeople(601);
    const send = async (from: number, to: number) => {
      for (let first = from; first < to; first += 100) {
        const people = crowd.slice(first, Math.min(to, first + 100));
        await server.resultsOf(people.map((one, place) => envelope(first + place + 1, code, one)));
      }
    };
    const look = async () => {
      const people = await server.ask('GET', `${path}/participation`);
      const scores = await server.ask('GET', `${path}/scores?wait=yes`);
      return { people, scores };
    };
    await send(0, before);
    if (before > 0) await keepSums(server.storage, assessment);
    await send(before, 601);
    const mend = fillDisk(server);
    const { people, scores } = await look();
    const { instruments } = participationSchema.parse(await people.json());
    expect(instruments.map(({ n }) => n)).toContain(601);
    expect(scoresReplySchema.parse(await scores.json()).isLatest).toBe(true);
    mend();
    expect((await look()).scores.status).toBe(200);
  });
});

test('whoever is signed in goes on looking where their session cannot be prolonged', async () => {
  const server = await createTestServer();
  const { assessment } = await server.createAssessment();
  // Two of its seven days are over: each look would prolong it.
  const until = new Date(Date.now() + 5 * 24 * 60 * 60 * 1000).toISOString();
  server.handle.prepare('update session set "expiresAt" = ?').run(until);
  const mend = makeReadOnly(server);
  const look = () => server.ask('GET', `/api/v1/assessments/${assessment.id}/participation`);
  expect((await look()).status).toBe(200);
  const untilNow = () => server.handle.prepare('select "expiresAt" from session').pluck().get();
  expect(untilNow()).toBe(until);
  mend();
  expect((await look()).status).toBe(200);
  expect(untilNow()).not.toBe(until);
});

test('another program that reads for long holds up nobody', async () => {
  const server = await createTestServer();
  const { code } = await server.createChannel(IIT.id);
  const reader = new Database(server.databaseFile, { readonly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from responses').get();
  expect((await server.resultsOf(batchOf(code)))[99]).toMatchObject({ result: 'accepted' });
  reader.close();
});
