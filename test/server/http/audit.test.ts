import { describe, expect, test } from 'vitest';
import { EMPTY_LOG, entryHash, verifyAudit } from '#core/audit/chain.ts';
import { type AuditEntry, auditFileSchema, auditPageSchema } from '#core/contract/audit.ts';
import { DRAFT, envelope } from '../support/fixtures.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

async function entriesOf(server: Server) {
  return auditPageSchema.parse(await (await server.ask('GET', '/api/v1/audit')).json()).entries;
}

const verdictOf = async (server: Server): Promise<unknown> =>
  (await server.ask('GET', '/api/v1/audit/verification')).json();

const HOUR_MS = 60 * 60 * 1000;
const told = async (server: Server) =>
  (await entriesOf(server)).toReversed().map(({ action, name, account, details }) => ({
    action,
    name,
    ...(name === '' && { account }),
    ...details,
  }));
const attempt = (server: Server, name: string) =>
  server.ask('POST', '/api/v1/session', {
    json: { name, password: 'wrong' },
    headers: { cookie: '', 'x-test-address': encodeURIComponent(name) },
  });

/** Takes the triggers away and makes the chain of all entries anew, up to one. */
function rechain({ handle }: Server, length: number) {
  handle.exec('drop trigger audit_log_append_only_update');
  const rows = handle.prepare('select * from audit_log order by number').all() as (Omit<
    AuditEntry,
    'details'
  > & { details: string })[];
  const put = handle.prepare('update audit_log set hash = ? where number = ?');
  let hash = EMPTY_LOG.hash;
  handle.transaction(() => {
    for (const row of rows) {
      hash = entryHash(hash, { ...row, details: JSON.parse(row.details) });
      put.run(hash, row.number);
    }
    handle.prepare('update audit_head set number = ?, hash = ?').run(length, hash);
  })();
}

/** A server on which a few things were changed. */
async function changedServer() {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const [channel] = channels;
  const path = `/api/v1/assessments/${assessment.id}`;
  await server.ask('PATCH', `${path}/channels/${channel?.code}`, { json: { state: 'closed' } });
  await server.ask('PUT', path, { json: { ...DRAFT, fiscalYear: 2569 } });
  return { server, assessment, channel };
}

describe('the log', () => {
  test('tells who changed what and when, the newest first', async () => {
    const { server, assessment, channel } = await changedServer();
    const entries = await entriesOf(server);
    expect(entries.map(({ action }) => action)).toEqual([
      'assessment-changed',
      'channel-changed',
      'assessment-made',
      'account-made',
    ]);
    expect(entries[1]).toMatchObject({
      number: 3,
      moment: '2024-11-20T16:30:00Z',
      name: ACCOUNT.name,
      assessment: assessment.id,
      details: { channel: channel?.code, state: 'closed' },
    });
    expect(entries[3]).toMatchObject({ number: 1, assessment: null, details: {} });
  });

  test('tells of sign-ins and sign-outs by their account', async () => {
    const server = await createTestServer();
    await server.signIn();
    const reply = await server.ask('POST', '/api/v1/session', {
      json: ACCOUNT,
      headers: { cookie: '' },
    });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    await server.ask('DELETE', '/api/v1/session', { headers: { cookie } });
    const entries = await entriesOf(server);
    expect(entries.map(({ action, name }) => [action, name])).toEqual([
      ['signed-out', ACCOUNT.name],
      ['signed-in', ACCOUNT.name],
      ['account-made', ACCOUNT.name],
    ]);
  });

  test('says nothing of a look, of a refusal and of what devices send', async () => {
    const server = await createTestServer();
    const { code } = await server.createChannel('iit-2567');
    const before = (await entriesOf(server)).length;
    await server.ask('GET', '/api/v1/assessments');
    await server.ask('POST', '/api/v1/assessments', { json: { ...DRAFT, departments: [] } });
    await server.resultsOf([envelope(1, code)]);
    expect(await entriesOf(server)).toHaveLength(before);
  });

  test('comes in pages', async () => {
    const { server } = await changedServer();
    const reply = await server.ask('GET', '/api/v1/audit?before=3');
    const { entries, head } = auditPageSchema.parse(await reply.json());
    expect(entries.map(({ number }) => number)).toEqual([2, 1]);
    expect(head.number).toBe(4);
    expect(await problemIn(await server.ask('GET', '/api/v1/audit?before=x'))).toBe(
      '400 invalid-request',
    );
  });
});

const search = async (server: Server, query: string) => {
  const reply = await server.ask('GET', `/api/v1/audit?${query}`);
  const { entries, found } = auditPageSchema.parse(await reply.json());
  expect(found).toBe(entries.length);
  return entries.map(({ number }) => number);
};

describe('the log is searched', () => {
  test('by who, what, to which assessment and on which days, in Thailand', async () => {
    const { server, assessment } = await changedServer();
    const [owner] = await server.storage.listPeople();
    server.clock.now += 24 * 60 * 60 * 1000; // 21 November, 23:30 in Bangkok
    await server.ask('GET', '/api/v1/audit/export');
    await server.storage.appendAudit({
      moment: '2024-11-21T17:00:00Z', // midnight in Bangkok
      account: 'server',
      name: '',
      action: 'assessment-removed',
      assessment: assessment.id,
      details: {},
    });
    expect(await search(server, `who=${owner?.id}`)).toEqual([5, 4, 3, 2, 1]);
    expect(await search(server, 'who=server')).toEqual([6]);
    expect(await search(server, 'what=channel-changed')).toEqual([3]);
    expect(await search(server, `assessment=${assessment.id}`)).toEqual([6, 4, 3, 2]);
    expect(await search(server, 'from=2024-11-21&to=2024-11-21')).toEqual([5]);
    expect(await search(server, 'to=2024-11-20')).toEqual([4, 3, 2, 1]);
    expect(await search(server, 'from=2024-11-22')).toEqual([6]);
    expect(await search(server, 'what=channel-changed&who=server')).toEqual([]);
    const paged = await server.ask('GET', `/api/v1/audit?assessment=${assessment.id}&before=4`);
    expect(await paged.json()).toMatchObject({ found: 4, entries: [{ number: 3 }, { number: 2 }] });

    const choices = await (await server.ask('GET', '/api/v1/audit/choices')).json();
    expect(choices).toEqual({
      who: [
        { account: 'server', name: '' },
        { account: owner?.id, name: ACCOUNT.name },
      ],
      what: [
        'account-made',
        'assessment-changed',
        'assessment-made',
        'assessment-removed',
        'channel-changed',
        'log-exported',
      ],
      assessments: [assessment.id],
    });
  });

  test.each(['from=yesterday', 'to=2024-11-31', 'before=-1'])('but not by %s', async (query) => {
    const server = await createTestServer();
    await server.signIn();
    const reply = await server.ask('GET', `/api/v1/audit?${query}`);
    expect(await problemIn(reply)).toBe('400 invalid-request');
  });
});

describe('of failed attempts the log', () => {
  test('tells the first of an account in an hour, and then their number', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let time = 1; time <= 4; time += 1) await attempt(server, ACCOUNT.name.toUpperCase());
    const first = { action: 'sign-in-failed', name: ACCOUNT.name };
    expect((await told(server)).slice(1)).toEqual([first]);

    await server.effects.failedAttempts.tellCounts('over');
    expect((await told(server)).slice(1)).toEqual([first]);
    server.clock.now += HOUR_MS;
    await server.effects.failedAttempts.tellCounts('over');
    await server.effects.failedAttempts.tellCounts('all');
    expect((await told(server)).slice(1)).toEqual([first, { ...first, more: '3' }]);
    await attempt(server, ACCOUNT.name);
    await attempt(server, ACCOUNT.name);
    await server.effects.failedAttempts.tellCounts('all');
    expect((await told(server)).slice(3)).toEqual([first, { ...first, more: '1' }]);
  });

  test('loses none that could not be written', async () => {
    const server = await createTestServer();
    await server.signIn();
    const { failedAttempts } = server.effects;
    const first = { action: 'sign-in-failed', name: ACCOUNT.name };
    for (let time = 1; time <= 3; time += 1) await attempt(server, ACCOUNT.name);
    const fail = () =>
      server.handle.exec(
        "create temp trigger fault before insert on audit_log begin select raise(abort, 'no space'); end",
      );
    const mend = () => server.handle.exec('drop trigger fault');

    fail();
    await expect(failedAttempts.tellCounts('all')).rejects.toThrow('no space');
    mend();
    await failedAttempts.tellCounts('all');
    expect((await told(server)).slice(1)).toEqual([first, { ...first, more: '2' }]);

    // The first of an hour, too, and with it those of the hour before.
    for (let time = 1; time <= 3; time += 1) await attempt(server, ACCOUNT.name);
    server.clock.now += HOUR_MS;
    const [person] = await server.storage.listPeople();
    fail();
    await expect(failedAttempts.count('sign-in-failed', person ?? null)).rejects.toThrow(
      'no space',
    );
    mend();
    await failedAttempts.tellCounts('all');
    expect((await told(server)).slice(3)).toEqual([first, { ...first, more: '3' }]);
  });

  test('keeps no name that is no account’s: it may be a password', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let time = 1; time <= 6; time += 1) await attempt(server, `ปลาทูหน้างอ${time}`);
    const nobody = { action: 'sign-in-failed', name: '', account: 'nobody' };
    server.clock.now += HOUR_MS;
    await attempt(server, 'ปลาทูหน้างอ');
    expect((await told(server)).slice(1)).toEqual([nobody, { ...nobody, more: '5' }, nobody]);
    const stored = ['audit_log', 'audit_intents'].map((table) =>
      server.handle.prepare(`select * from ${table}`).all(),
    );
    expect(JSON.stringify([stored, server.logged])).not.toContain('ปลาทู');
  });

  test('tells of wrong proofs of who is signed in, and refuses them as ever', async () => {
    const server = await createTestServer();
    await server.signIn();
    const json = { current: 'wrong', password: 'ม้าลายเดินข้ามสะพาน' };
    const reply = await server.ask('PUT', '/api/v1/account/password', { json });
    expect(await problemIn(reply)).toBe('401 sign-in-failed');
    expect((await told(server)).slice(1)).toEqual([{ action: 'proof-failed', name: ACCOUNT.name }]);
    expect(server.handle.prepare('select * from audit_intents').all()).toEqual([]);
  });
});

test('an import of a file is told of with its number, and of no response', async () => {
  const server = await createTestServer();
  const { code } = await server.createChannel('iit-2567');
  const announce = (responses: number) =>
    server.ask('POST', '/api/v1/imports', { json: { responses } });
  expect((await announce(2)).status).toBe(204);
  expect(await problemIn(await announce(0))).toBe('400 invalid-request');
  await server.resultsOf([envelope(1, code), envelope(2, code)]);
  const [newest] = await entriesOf(server);
  expect(newest).toMatchObject({
    action: 'responses-imported',
    assessment: null,
    details: { count: '2' },
  });
});

describe('a look at the whole log', () => {
  test('finds it intact as it was written', async () => {
    const { server } = await changedServer();
    expect(await verdictOf(server)).toMatchObject({ state: 'intact', head: { number: 4 } });
  });

  test('goes on where it ended before, of a long log, and finds what is wrong there', async () => {
    const server = await createTestServer();
    await server.signIn();
    const note = { moment: '2024-11-20T16:30:00Z', account: 'a', name: 'b', assessment: null };
    await server.storage.appendAudit({ ...note, action: 'signed-in', details: {} });
    server.handle
      .exec(`with recursive numbers(n) as (values (3) union all select n + 1 from numbers where n < 5200)
      insert into audit_log select n, moment, account, name, action, assessment, details, '' from numbers, audit_log where number = 2`);
    rechain(server, 5200);
    const look = async (query = '') =>
      (await server.ask('GET', `/api/v1/audit/verification${query}`)).json();
    const first = await look();
    expect(first).toMatchObject({
      state: 'so-far',
      last: { number: 5000 },
      head: { number: 5200 },
    });
    const next = `?after=5000&hash=${first.last.hash}`;
    expect(await look(next)).toMatchObject({ state: 'intact', head: { number: 5200 } });
    expect(await look(`?after=5000&hash=${'0'.repeat(64)}`)).toMatchObject({
      state: 'broken',
      at: 5001,
    });
    expect(await look('?after=5000')).toMatchObject({ code: 'invalid-request' });
    server.handle.exec("update audit_log set name = 'c' where number in (4711, 5100)");
    expect(await look()).toEqual({ state: 'broken', at: 4711, why: 'changed' });
    expect(await look(next)).toEqual({ state: 'broken', at: 5100, why: 'changed' });
  });

  const FORGERIES: [string, string, object][] = [
    ['changed', "update audit_log set name = 'somebody else' where number = 2", { at: 2 }],
    ['changed', "update audit_log set details = '{}' where number = 3", { at: 3 }],
    ['changed', "update audit_log set details = 'no JSON' where number = 3", { at: 3 }],
    ['removed', 'delete from audit_log where number = 2', { at: 2 }],
    ['removed', 'delete from audit_log where number = 4', { at: 4 }],
    [
      'inserted',
      `insert into audit_log select 5, moment, account, name, action, assessment, details, hash
       from audit_log where number = 2`,
      { at: 5 },
    ],
  ];
  test.each(FORGERIES)('finds what was %s by: %s', async (why, statement, at) => {
    const { server } = await changedServer();
    expect(() => server.handle.exec('delete from audit_log')).toThrow('append-only');
    expect(() => server.handle.exec("update audit_log set name = 'x'")).toThrow('append-only');
    server.handle.exec('drop trigger audit_log_append_only_update');
    server.handle.exec('drop trigger audit_log_append_only_delete');
    server.handle.exec(statement);
    expect(await verdictOf(server)).toMatchObject({ state: 'broken', why, ...at });
  });
});

test('the log can be taken along as a file that verifies, and that is told of in turn', async () => {
  const { server } = await changedServer();
  const reply = await server.ask('GET', '/api/v1/audit/export');
  expect(reply.headers.get('content-disposition')).toBe(
    'attachment; filename="sucharit-audit-2024-11-20.json"',
  );
  const { entries, head } = auditFileSchema.parse(await reply.json());
  expect(entries.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(verifyAudit(entries, head)).toEqual({ state: 'intact', head });
  expect((await entriesOf(server))[0]).toMatchObject({
    action: 'log-exported',
    details: { count: '4' },
  });
});
