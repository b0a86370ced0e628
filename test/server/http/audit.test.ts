import { describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit/chain.ts';
import { auditFileSchema, auditPageSchema } from '#core/contract/audit.ts';
import { DRAFT, envelope } from '../support/fixtures.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

async function entriesOf(server: Server) {
  return auditPageSchema.parse(await (await server.ask('GET', '/api/v1/audit')).json()).entries;
}

const verdictOf = async (server: Server): Promise<unknown> =>
  (await server.ask('GET', '/api/v1/audit/verification')).json();

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
    const reply = await server.ask('POST', '/api/v1/session', { json: ACCOUNT });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    await server.ask('DELETE', '/api/v1/session', { headers: { cookie } });
    const entries = await entriesOf(server);
    expect(entries.map(({ action, name }) => [action, name])).toEqual([
      ['signed-out', ACCOUNT.name],
      ['signed-in', ACCOUNT.name],
      ['account-made', ACCOUNT.name],
    ]);
  });

  test('says nothing of a look, of a refusal, of a wrong password and of what devices send', async () => {
    const server = await createTestServer();
    const { code } = await server.createChannel('iit-2567');
    const before = (await entriesOf(server)).length;
    await server.ask('GET', '/api/v1/assessments');
    await server.ask('POST', '/api/v1/assessments', { json: { ...DRAFT, departments: [] } });
    const wrong = { name: ACCOUNT.name, password: 'wrong' };
    await server.ask('POST', '/api/v1/session', { json: wrong, headers: { cookie: '' } });
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

  test('lets no change pass that it cannot tell of', async () => {
    const { server, assessment } = await changedServer();
    server.handle.exec('alter table audit_head rename to elsewhere');
    const reply = await server.ask('PUT', `/api/v1/assessments/${assessment.id}`, { json: DRAFT });
    expect(reply.ok).toBe(false);
  });
});

describe('a look at the whole log', () => {
  test('finds it intact as it was written', async () => {
    const { server } = await changedServer();
    expect(await verdictOf(server)).toMatchObject({ state: 'intact', head: { number: 4 } });
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
