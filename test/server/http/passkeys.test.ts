import { describe, expect, test } from 'vitest';
import { ownAccountSchema } from '#core/contract/people.ts';
import {
  type MadePasskey,
  passkeyCreationSchema,
  type PasskeyProof,
  passkeyRequestSchema,
} from '#core/contract/passkeys.ts';
import { createAuthenticator, type Misbehaviour } from '../support/software-authenticator.ts';
import { ACCOUNT, createTestServer, ORIGIN, problemIn } from '../support/test-server.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;
type Authenticator = ReturnType<typeof createAuthenticator>;

const OTHER_PASSWORD = 'ม้าลายเดินข้ามสะพาน';
const CHALLENGE_LIFE_MS = 5 * 60 * 1000;

/** The Cookie header that a browser sends after a reply. */
const cookieOf = (reply: Response) =>
  reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

async function officeOf() {
  const server = await createTestServer();
  await server.signIn();
  return server;
}

/** Signs the account of the tests in by its password. */
async function sessionOf(server: Server) {
  const reply = await server.ask('POST', '/api/v1/session', {
    json: { name: ACCOUNT.name, password: ACCOUNT.password },
    headers: { cookie: '' },
  });
  expect(reply.status).toBe(201);
  return cookieOf(reply);
}

/** Says the password; returns what the browser is asked for, and the cookies that go with it. */
async function beginAdding(server: Server, session: string, password = ACCOUNT.password) {
  const reply = await server.ask('POST', '/api/v1/account/passkeys/challenge', {
    json: { password },
    headers: { cookie: session },
  });
  if (!reply.ok) throw new Error(await problemIn(reply));
  return {
    creation: passkeyCreationSchema.parse(await reply.json()),
    cookie: `${session}; ${cookieOf(reply)}`,
  };
}

const addMade = (server: Server, cookie: string, passkey: MadePasskey, name = 'เครื่องที่ทำงาน') =>
  server.ask('POST', '/api/v1/account/passkeys', { json: { name, passkey }, headers: { cookie } });

async function add(
  server: Server,
  session: string,
  authenticator: Authenticator,
  other?: Misbehaviour,
) {
  const { creation, cookie } = await beginAdding(server, session);
  return addMade(server, cookie, authenticator.make(creation, other));
}

async function beginSignIn(server: Server, address = '203.0.113.7') {
  const reply = await server.ask('POST', '/api/v1/session/passkey/challenge', {
    headers: { cookie: '', 'x-test-address': address },
  });
  if (!reply.ok) throw new Error(await problemIn(reply));
  return { request: passkeyRequestSchema.parse(await reply.json()), cookie: cookieOf(reply) };
}

const prove = (server: Server, cookie: string, proof: PasskeyProof) =>
  server.ask('POST', '/api/v1/session/passkey', { json: proof, headers: { cookie } });

async function signIn(server: Server, authenticator: Authenticator, other?: Misbehaviour) {
  const { request, cookie } = await beginSignIn(server);
  return prove(server, cookie, authenticator.prove(request, other));
}

async function accountOf(server: Server, cookie: string) {
  const reply = await server.ask('GET', '/api/v1/account', { headers: { cookie } });
  return ownAccountSchema.parse(await reply.json());
}

const actsOf = async (server: Server) =>
  (await server.storage.readAudit({ limit: 100 })).map(({ name, action, details }) => ({
    name,
    action,
    details,
  }));

/** A server, the session of its owner, and an authenticator with a passkey of theirs. */
async function enrolled() {
  const server = await officeOf();
  const session = await sessionOf(server);
  const authenticator = createAuthenticator(ORIGIN);
  expect((await add(server, session, authenticator)).status).toBe(204);
  return { server, session, authenticator };
}

describe('a passkey', { timeout: 60_000 }, () => {
  test('is made for this place and person, and signs in without name, password or code', async () => {
    const server = await officeOf();
    const session = await sessionOf(server);
    const authenticator = createAuthenticator(ORIGIN);
    const { creation, cookie } = await beginAdding(server, session);
    expect(creation).toMatchObject({
      rp: { id: 'office.test', name: 'Sucharit' },
      user: { name: ACCOUNT.name, displayName: ACCOUNT.name },
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect((await addMade(server, cookie, authenticator.make(creation))).status).toBe(204);

    const { request } = await beginSignIn(server);
    expect(request).toMatchObject({ rpId: 'office.test', userVerification: 'required' });
    const reply = await signIn(server, authenticator);
    expect([reply.status, await reply.json()]).toEqual([
      201,
      { id: expect.any(String), name: ACCOUNT.name, role: 'owner' },
    ]);
    const { sessions, passkeys } = await accountOf(server, cookieOf(reply));
    expect(sessions.filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(passkeys).toEqual([
      { id: expect.any(String), name: 'เครื่องที่ทำงาน', addedAt: expect.any(String) },
    ]);
    expect(await actsOf(server)).toEqual(
      expect.arrayContaining([
        { name: ACCOUNT.name, action: 'passkey-added', details: { passkey: 'เครื่องที่ทำงาน' } },
        { name: ACCOUNT.name, action: 'signed-in-with-passkey', details: {} },
      ]),
    );
  });

  test('signs in once for each challenge', async () => {
    const { server, authenticator } = await enrolled();
    const { request, cookie } = await beginSignIn(server);
    expect((await prove(server, cookie, authenticator.prove(request))).status).toBe(201);
    expect(await problemIn(await prove(server, cookie, authenticator.prove(request)))).toBe(
      '422 passkey-refused',
    );
  });

  test('can be renamed and removed by its owner, who ends no session by that', async () => {
    const { server, session, authenticator } = await enrolled();
    const [passkey] = (await accountOf(server, session)).passkeys;
    const path = `/api/v1/account/passkeys/${passkey?.id}`;
    const other = await server.accounts.create('another', OTHER_PASSWORD, {
      role: 'viewer',
      branch: 'all',
    });
    const theirs = other?.cookies[0]?.split(';')[0] ?? '';
    for (const [method, json] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const)
      expect(
        await problemIn(await server.ask(method, path, { json, headers: { cookie: theirs } })),
      ).toBe('404 not-found');
    const renamed = await server.ask('PATCH', path, {
      json: { name: ' โทรศัพท์ ' },
      headers: { cookie: session },
    });
    expect(renamed.status).toBe(204);
    expect((await accountOf(server, session)).passkeys).toMatchObject([{ name: 'โทรศัพท์' }]);
    expect((await server.ask('DELETE', path, { headers: { cookie: session } })).status).toBe(204);
    expect((await accountOf(server, session)).passkeys).toEqual([]);
    expect(await problemIn(await signIn(server, authenticator))).toBe('401 passkey-unknown');
    expect((await actsOf(server)).filter(({ action }) => action.startsWith('passkey-re'))).toEqual([
      { name: ACCOUNT.name, action: 'passkey-removed', details: { passkey: 'โทรศัพท์' } },
      { name: ACCOUNT.name, action: 'passkey-renamed', details: { passkey: 'โทรศัพท์' } },
    ]);
  });

  test('goes with its account', async () => {
    const server = await officeOf();
    const other = await server.accounts.create('another', OTHER_PASSWORD, {
      role: 'viewer',
      branch: 'all',
    });
    const authenticator = createAuthenticator(ORIGIN);
    const { creation, cookie } = await beginAdding(
      server,
      other?.cookies[0]?.split(';')[0] ?? '',
      OTHER_PASSWORD,
    );
    expect((await addMade(server, cookie, authenticator.make(creation))).status).toBe(204);
    expect((await server.ask('DELETE', `/api/v1/people/${other?.id}`)).status).toBe(204);
    expect(await problemIn(await signIn(server, authenticator))).toBe('401 passkey-unknown');
  });
});

const MISBEHAVIOURS: readonly (readonly [string, Misbehaviour])[] = [
  ['of another page', { origin: 'http://office.test.evil.example' }],
  ['for another place', { rpId: 'evil.example' }],
  ['of somebody who did not show who they are', { unverified: true }],
  ['with another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
];

describe('refused', { timeout: 60_000 }, () => {
  test.each(MISBEHAVIOURS)('is a new passkey %s', async (_, other) => {
    const server = await officeOf();
    const session = await sessionOf(server);
    const reply = await add(server, session, createAuthenticator(ORIGIN), other);
    expect(await problemIn(reply)).toBe('422 passkey-refused');
    expect((await accountOf(server, session)).passkeys).toEqual([]);
  });

  test.each(MISBEHAVIOURS)('is a sign-in %s', async (_, other) => {
    const { server, authenticator } = await enrolled();
    const reply = await signIn(server, authenticator, other);
    expect(await problemIn(reply)).toBe('422 passkey-refused');
    expect(cookieOf(reply)).not.toContain('session_token');
    expect((await signIn(server, authenticator)).status).toBe(201);
  });

  test('is a sign-in with a signature of another key', async () => {
    const { server, authenticator } = await enrolled();
    const { request, cookie } = await beginSignIn(server);
    const forged = createAuthenticator(ORIGIN).prove(request);
    const proof = { ...forged, id: authenticator.id, rawId: authenticator.id };
    expect(await problemIn(await prove(server, cookie, proof))).toBe('422 passkey-refused');
  });

  test('is a sign-in with a challenge of somebody else’s, or with none', async () => {
    const { server, authenticator } = await enrolled();
    const { request } = await beginSignIn(server);
    const { cookie } = await beginSignIn(server);
    for (const sent of [cookie, ''])
      expect(await problemIn(await prove(server, sent, authenticator.prove(request)))).toBe(
        '422 passkey-refused',
      );
  });

  test('is a passkey that nobody has', async () => {
    const { server } = await enrolled();
    expect(await problemIn(await signIn(server, createAuthenticator(ORIGIN)))).toBe(
      '401 passkey-unknown',
    );
  });

  test('is adding without the password, for another account, or twice', async () => {
    const { server, session, authenticator } = await enrolled();
    await expect(beginAdding(server, session, 'wrong')).rejects.toThrow('401 sign-in-failed');
    const { creation, cookie } = await beginAdding(server, session);
    expect(creation.excludeCredentials).toMatchObject([{ id: authenticator.id }]);
    const other = await server.accounts.create('another', OTHER_PASSWORD, {
      role: 'owner',
      branch: 'all',
    });
    const theirs = other?.cookies[0]?.split(';')[0] ?? '';
    const pending = cookie.replace(/sucharit\.session_token=[^;]*/, theirs);
    const fresh = createAuthenticator(ORIGIN);
    expect(await problemIn(await addMade(server, pending, fresh.make(creation)))).toBe(
      '422 passkey-refused',
    );
    // Somebody who knows the id of another's passkey does not get in its way.
    const taking = await beginAdding(server, theirs, OTHER_PASSWORD);
    const taken = authenticator.make(taking.creation);
    expect(await problemIn(await addMade(server, taking.cookie, taken))).toBe(
      '422 passkey-refused',
    );
    expect((await signIn(server, authenticator)).status).toBe(201);
  });

  test('is told of in the log, as of nobody', async () => {
    const { server } = await enrolled();
    await signIn(server, createAuthenticator(ORIGIN));
    await signIn(server, createAuthenticator(ORIGIN));
    const acts = (await actsOf(server)).filter(({ action }) => action === 'sign-in-failed');
    expect(acts).toMatchObject([{ name: '' }]);
  });

  test('is whoever tries without end', async () => {
    const server = await officeOf();
    for (let attempt = 1; attempt <= 100; attempt += 1) await beginSignIn(server, '198.51.100.1');
    await expect(beginSignIn(server, '198.51.100.1')).rejects.toThrow('429 too-many-attempts');
    await beginSignIn(server, '198.51.100.2');
  });
});

test('challenges that nobody answered do not stay', async () => {
  const server = await officeOf();
  await beginSignIn(server);
  const count = () => server.handle.prepare('select count(*) as n from verification').get();
  expect(count()).toEqual({ n: 1 });
  server.handle
    .prepare('update verification set "expiresAt" = ?')
    .run(new Date(Date.now() - CHALLENGE_LIFE_MS).toISOString());
  await beginSignIn(server);
  expect(count()).toEqual({ n: 1 });
});

test(
  'a second factor by codes is not asked for besides a passkey',
  { timeout: 60_000 },
  async () => {
    const { server, authenticator } = await enrolled();
    server.handle.prepare('update "user" set "twoFactorEnabled" = 1').run();
    expect((await signIn(server, authenticator)).status).toBe(201);
  },
);

test('a database that failed is told of as such', async () => {
  const { server, session, authenticator } = await enrolled();
  const { request, cookie } = await beginSignIn(server);
  const { creation, cookie: adding } = await beginAdding(server, session);
  server.handle.exec('drop table verification');
  await expect(beginSignIn(server)).rejects.toThrow(/^50[03] /);
  await expect(beginAdding(server, session)).rejects.toThrow(/^50[03] /);
  const signedIn = await prove(server, cookie, authenticator.prove(request));
  expect(signedIn.status).toBeGreaterThanOrEqual(500);
  const added = await addMade(server, adding, createAuthenticator(ORIGIN).make(creation));
  expect(added.status).toBeGreaterThanOrEqual(500);
}, 60_000);
