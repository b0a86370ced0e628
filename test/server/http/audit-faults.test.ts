// What the log has of a change whose server stops, or whose storage fails, at each of its steps.
import { describe, expect, test } from 'vitest';
import { type AuditEntry, auditPageSchema, auditVerdictSchema } from '#core/contract/audit.ts';
import { noteOfServer } from '#server/auditing/server-act.ts';
import { sha256 } from '#server/sha256.ts';
import { DRAFT } from '../support/fixtures.ts';
import { ACCOUNT, createTestServer, SET_UP_TOKEN } from '../support/test-server.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;
type Entry = Pick<AuditEntry, 'action' | 'details'>;

/** Nothing that the tree is held for, which is held by a row of the log. */
const NEXT = { ...DRAFT, suppressionThreshold: 7 };

async function serverWithAssessment() {
  const server = await createTestServer();
  const { assessment } = await server.createAssessment();
  const path = `/api/v1/assessments/${assessment.id}`;
  const change = () => server.ask('PUT', path, { json: NEXT });
  const isChanged = async () =>
    (await server.storage.findAssessment(assessment.id))?.suppressionThreshold ===
    NEXT.suppressionThreshold;
  return { server, path, change, isChanged };
}

/** The entries after `number`, once everything that was left is settled, as at the next start. */
async function entriesAtNextStart(server: Server, number: number): Promise<Entry[]> {
  await server.storage.settleLeftActs(null);
  const { entries } = auditPageSchema.parse(
    await (await server.ask('GET', '/api/v1/audit')).json(),
  );
  const verdict = auditVerdictSchema.parse(
    await (await server.ask('GET', '/api/v1/audit/verification')).json(),
  );
  expect(verdict.state).toBe('intact');
  return entries
    .filter((entry) => entry.number > number)
    .toReversed()
    .map(({ action, details }) => ({ action, details }));
}

const notes = ({ handle }: Server) => handle.prepare('select action from audit_intents').all();

/** Makes a step of the storage fail; returns what mends it. */
function failOn({ handle }: Server, statement: string) {
  handle.exec(
    `create temp trigger fault before ${statement} begin select raise(abort, 'no space'); end`,
  );
  return () => handle.exec('drop trigger fault');
}

describe('a change', () => {
  test('that cannot be noted down is not made', async () => {
    const { server, change, isChanged } = await serverWithAssessment();
    const mend = failOn(server, 'insert on audit_intents');
    expect((await change()).status).toBe(500);
    mend();
    expect(await isChanged()).toBe(false);
    expect(await entriesAtNextStart(server, 2)).toEqual([]);
  });

  test('that the storage breaks off is told with an unknown outcome', async () => {
    const { server, change, isChanged } = await serverWithAssessment();
    const mend = failOn(server, 'update on assessments');
    expect((await change()).status).toBe(500);
    mend();
    expect(await isChanged()).toBe(false);
    expect(notes(server)).toEqual([]);
    expect(await entriesAtNextStart(server, 2)).toEqual([
      { action: 'assessment-changed', details: { outcome: 'unknown' } },
    ]);
  });

  test.each(['update on audit_head', 'insert on audit_log', 'delete on audit_intents'])(
    'whose entry fails by %s is answered as failed, and told all the same',
    async (statement) => {
      const { server, change, isChanged } = await serverWithAssessment();
      const mend = failOn(server, statement);
      expect((await change()).status).toBe(500);
      mend();
      expect(await isChanged()).toBe(true);
      expect(notes(server)).toEqual([{ action: 'assessment-changed' }]);
      expect(await entriesAtNextStart(server, 2)).toEqual([
        { action: 'assessment-changed', details: { outcome: 'unknown' } },
      ]);
    },
  );

  test('after which the server stops is told at the next start', async () => {
    const { server, change, isChanged } = await serverWithAssessment();
    let isStopped = false;
    const { ...storage } = server.storage;
    // Whatever would come after the change never does.
    server.storage.settleAct = () => {
      isStopped = true;
      return new Promise(() => undefined);
    };
    void change();
    await expect.poll(() => isStopped).toBe(true);
    Object.assign(server.storage, storage);
    expect(await isChanged()).toBe(true);
    expect(await entriesAtNextStart(server, 2)).toEqual([
      { action: 'assessment-changed', details: { outcome: 'unknown' } },
    ]);
  });

  test('that is refused leaves nothing, also where its note cannot be taken away at once', async () => {
    const { server, path } = await serverWithAssessment();
    const refused = () => server.ask('PUT', path, { json: { ...NEXT, departments: [] } });
    expect((await refused()).status).toBe(400);
    expect(await entriesAtNextStart(server, 2)).toEqual([]);

    const mend = failOn(server, 'delete on audit_intents');
    expect((await refused()).status).toBe(400);
    mend();
    expect(await entriesAtNextStart(server, 2)).toEqual([
      { action: 'assessment-changed', details: { outcome: 'unknown' } },
    ]);
  });
});

describe('what is given out', () => {
  test.each([
    ['a file', 'GET', '/report?language=th&format=csv'],
    ['single responses', 'GET', '/responses?instrument=iit-2567&format=json'],
  ])('%s is given out only where it is told of', async (_, method, address) => {
    const { server, path } = await serverWithAssessment();
    const mend = failOn(server, 'insert on audit_log');
    const reply = await server.ask(method, path + address);
    mend();
    expect(reply.status).toBe(500);
    expect(reply.headers.get('content-disposition')).toBeNull();
    expect(await entriesAtNextStart(server, 2)).toEqual([]);
  });

  test('a download that was cut is told of', async () => {
    const { server } = await serverWithAssessment();
    const reply = await server.ask('GET', '/api/v1/audit/export');
    await reply.body?.cancel();
    expect(await entriesAtNextStart(server, 2)).toEqual([
      { action: 'log-exported', details: { count: '2' } },
    ]);
  });

  test('a sign-in opens nothing where it is not told of', async () => {
    const { server } = await serverWithAssessment();
    const mend = failOn(server, 'insert on audit_log');
    const reply = await server.ask('POST', '/api/v1/session', { json: ACCOUNT });
    mend();
    expect(reply.status).toBe(500);
    expect(reply.headers.getSetCookie()).toEqual([]);
  });
});

describe('an account that is made', () => {
  test.each(['set-up', 'join'])('by the link of %s is told of by whatever happens', async (by) => {
    const server = await createTestServer();
    const token = by === 'join' ? 'an invitation' : SET_UP_TOKEN;
    if (by === 'join') {
      await server.signIn();
      await server.storage.addInvitation(
        {
          id: 'one',
          hash: sha256(token),
          role: 'viewer',
          branch: 'all',
          expiresAt: '2099-01-01T00:00:00.000Z',
          madeBy: null,
        },
        '2024-11-20T00:00:00.000Z',
      );
    }
    const before = (await server.storage.readAuditHead()).number;
    const account = { name: 'สมหญิง', password: 'ม้าลายเดินข้ามสะพาน' };
    const wrong = { json: { token: 'another', ...account } };
    expect((await server.ask('POST', `/api/v1/${by}`, wrong)).status).toBe(410);
    const mend = failOn(server, 'insert on audit_log');
    const reply = await server.ask('POST', `/api/v1/${by}`, {
      json: { token, ...account },
      headers: { cookie: '' },
    });
    mend();
    expect([reply.status, reply.headers.getSetCookie()]).toEqual([500, []]);
    expect((await server.storage.listPeople()).map(({ name }) => name)).toContain(account.name);
    if (by === 'set-up') return; // nobody else is there to look
    expect(await entriesAtNextStart(server, before)).toEqual([
      { action: 'account-made', details: { outcome: 'unknown' } },
    ]);
  });
});

test('an account that is recovered is told of by its name, whatever happens', async () => {
  const { server } = await serverWithAssessment();
  const { storage } = server;
  const [person] = await storage.listPeople();
  const expiresAt = '2099-01-01T00:00:00.000Z';
  await storage.addRecoveryLink(
    { account: person?.id ?? '', hash: sha256('a link'), expiresAt },
    noteOfServer(server.clock.now, 'recovery-link-made'),
    '2024-11-20T00:00:00.000Z',
  );
  const { number } = await storage.readAuditHead();
  const mend = failOn(server, 'insert on session');
  const json = { token: 'a link', password: 'ม้าลายเดินข้ามสะพาน' };
  expect((await server.ask('POST', '/api/v1/recovery', { json })).ok).toBe(false);
  mend();
  expect(await storage.listSessions(person?.id ?? '', 0)).toEqual([]);
  const entries = await storage.readAudit({ after: number, limit: 9 });
  expect(entries.map(({ action, details }) => ({ action, details }))).toEqual([
    { action: 'account-recovered', details: { person: ACCOUNT.name, outcome: 'unknown' } },
  ]);
});
