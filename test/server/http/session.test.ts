import { describe, expect, test } from 'vitest';
import { ACCOUNT_HEADER, headerOfAccount } from '#core/contract/account.ts';
import { forgetLimits } from '#server/chores.ts';
import { ACCOUNT, createTestServer, problemIn, SET_UP_TOKEN } from '../support/test-server.ts';

const SET_UP = '/api/v1/set-up';
const SESSION = '/api/v1/session';
const setUpBody = { token: SET_UP_TOKEN, ...ACCOUNT };

type Server = Awaited<ReturnType<typeof createTestServer>>;

const signInWith = (server: Server, password: string, address = '203.0.113.7') =>
  server.ask('POST', SESSION, {
    json: { name: ACCOUNT.name, password },
    headers: { 'x-test-address': address, cookie: '' },
  });

describe('the set-up link', () => {
  test('makes the first account and signs it in', async () => {
    const { ask } = await createTestServer();
    expect((await ask('GET', `${SET_UP}?token=${SET_UP_TOKEN}`)).status).toBe(204);
    const reply = await ask('POST', SET_UP, { json: setUpBody });
    expect(reply.status).toBe(201);
    expect(await reply.json()).toEqual({
      id: expect.any(String),
      name: ACCOUNT.name,
      role: 'owner',
    });
    const [cookie = ''] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/^sucharit\.session_token=.*; HttpOnly; SameSite=Strict$/);
    const session = await ask('GET', SESSION, { headers: { cookie } });
    expect(await session.json()).toEqual({
      id: expect.any(String),
      name: ACCOUNT.name,
      role: 'owner',
    });
  });

  test('works once', async () => {
    const { ask } = await createTestServer();
    await ask('POST', SET_UP, { json: setUpBody });
    const again = await ask('POST', SET_UP, { json: { ...setUpBody, name: 'another' } });
    expect(await problemIn(again)).toBe('410 set-up-link-used');
    const look = await ask('GET', `${SET_UP}?token=${SET_UP_TOKEN}`);
    expect(await problemIn(look)).toBe('410 set-up-link-used');
  });

  test('used twice at the same time makes one account', async () => {
    const { ask } = await createTestServer();
    const replies = await Promise.all([
      ask('POST', SET_UP, { json: setUpBody }),
      ask('POST', SET_UP, { json: { ...setUpBody, name: 'another' } }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 410]));
  });

  test('with a wrong token makes nothing', async () => {
    const { ask, accounts } = await createTestServer();
    const reply = await ask('POST', SET_UP, { json: { ...setUpBody, token: 'guessed' } });
    expect(await problemIn(reply)).toBe('410 set-up-link-used');
    expect(await accounts.exist()).toBe(false);
    expect(await problemIn(await ask('GET', SET_UP))).toBe('410 set-up-link-used');
  });

  test('still works after a refused password or name', async () => {
    const { ask } = await createTestServer();
    const tryWith = async (changes: object) =>
      problemIn(await ask('POST', SET_UP, { json: { ...setUpBody, ...changes } }));
    expect(await tryWith({ password: 'short' })).toBe('400 invalid-request');
    expect(await tryWith({ password: 'Password123!' })).toBe('422 password-too-weak');
    expect(await tryWith({ password: `my ${ACCOUNT.name} word` })).toBe('422 password-too-weak');
    expect(await tryWith({ name: 'a b' })).toBe('400 invalid-request');
    expect((await ask('POST', SET_UP, { json: setUpBody })).status).toBe(201);
  });

  test('works again when the database failed, and tells that it did', async () => {
    const { ask, accounts, handle } = await createTestServer();
    handle.exec(
      'create trigger fails before insert on "user" begin select raise(abort, \'fails\'); end',
    );
    const failed = await ask('POST', SET_UP, { json: setUpBody });
    expect(await problemIn(failed)).toBe('503 storage-unavailable');
    expect(await accounts.exist()).toBe(false);
    handle.exec('drop trigger fails');
    expect((await ask('POST', SET_UP, { json: setUpBody })).status).toBe(201);
  });

  test('works no more when the account was made and only its sign-in failed', async () => {
    const { ask, accounts, handle } = await createTestServer();
    handle.exec(
      "create trigger fails before insert on session begin select raise(abort, 'fails'); end",
    );
    expect((await ask('POST', SET_UP, { json: setUpBody })).ok).toBe(false);
    handle.exec('drop trigger fails');
    const look = await ask('GET', `${SET_UP}?token=${SET_UP_TOKEN}`);
    expect([look.status, await accounts.exist()]).toEqual([410, true]);
  });

  test('is kept as a hash, replaced by the next start, and gone once there is an account', async () => {
    const { ask, setUpLink, handle } = await createTestServer();
    const stored = JSON.stringify(handle.prepare('select * from set_up_tokens').all());
    expect(stored).not.toContain(SET_UP_TOKEN);

    expect(await setUpLink(true, 'second')).toBe('second');
    const old = await ask('GET', `${SET_UP}?token=${SET_UP_TOKEN}`);
    expect(await problemIn(old)).toBe('410 set-up-link-used');
    await ask('POST', SET_UP, { json: { ...setUpBody, token: 'second' } });
    expect(await setUpLink(true, 'third')).toBeNull();
  });
});

// Each password is hashed slowly on purpose; a busy machine needs its time for ten of them.
describe('signing in', { timeout: 60_000 }, () => {
  test('works with the name in any case, and signing out ends the session', async () => {
    const server = await createTestServer();
    await server.ask('POST', SET_UP, { json: { ...setUpBody, name: 'Somchai' } });
    const reply = await server.ask('POST', SESSION, {
      json: { name: ' SOMCHAI ', password: ACCOUNT.password },
    });
    expect(reply.status).toBe(201);
    expect(await reply.json()).toEqual({
      id: expect.any(String),
      name: 'Somchai',
      role: 'owner',
    });
    const headers = { cookie: reply.headers.getSetCookie()[0] ?? '' };
    const out = await server.ask('DELETE', SESSION, { headers });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().join()).toContain('Max-Age=0');
    expect(await problemIn(await server.ask('GET', SESSION, { headers }))).toBe(
      '401 not-signed-in',
    );
  });

  test('is asked for again where the page takes somebody else for signed in', async () => {
    const server = await createTestServer();
    await server.ask('POST', SET_UP, { json: { ...setUpBody, name: 'สมศรี' } });
    const reply = await server.ask('POST', SESSION, { json: { ...ACCOUNT, name: 'สมศรี' } });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    const ask = (method: string, name: string) =>
      server.ask(method, SESSION, {
        headers: { cookie, [ACCOUNT_HEADER]: headerOfAccount({ name }) },
      });
    expect((await ask('GET', 'สมศรี')).status).toBe(200);
    expect(await problemIn(await ask('GET', 'สมหญิง'))).toBe('401 not-signed-in');
    expect(await problemIn(await ask('DELETE', 'สมหญิง'))).toBe('401 not-signed-in');
    expect((await ask('DELETE', 'สมศรี')).status).toBe(204);
  });

  test('ends after a week', async () => {
    const server = await createTestServer();
    await server.signIn();
    server.handle.prepare(`update session set "expiresAt" = '2020-01-01T00:00:00.000Z'`).run();
    expect(await problemIn(await server.ask('GET', SESSION))).toBe('401 not-signed-in');
  });

  test('says the same for a wrong password and an unknown name', async () => {
    const server = await createTestServer();
    await server.signIn();
    expect(await problemIn(await signInWith(server, 'wrong'))).toBe('401 sign-in-failed');
    const unknown = { name: 'nobody', password: ACCOUNT.password };
    expect(await problemIn(await server.ask('POST', SESSION, { json: unknown }))).toBe(
      '401 sign-in-failed',
    );
  });

  test('after ten wrong passwords waits, even with the right one', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect(await problemIn(await signInWith(server, 'wrong'))).toBe('401 sign-in-failed');

    const refused = await signInWith(server, ACCOUNT.password);
    expect(refused.headers.get('retry-after')).toBe('900');
    expect(await problemIn(refused)).toBe('429 too-many-attempts');
    server.clock.now += 899_000;
    expect((await signInWith(server, ACCOUNT.password)).status).toBe(429);
    server.clock.now += 1_000;
    expect((await signInWith(server, ACCOUNT.password)).status).toBe(201);
  });

  test('waits no longer where the clock is set back meanwhile', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let attempt = 1; attempt <= 10; attempt += 1) await signInWith(server, 'wrong');
    // Within the hour, to whose marks these belong.
    server.clock.now -= 20 * 60_000;
    const refused = await signInWith(server, ACCOUNT.password);
    expect(refused.headers.get('retry-after')).toBe('900');
    server.clock.now += 900_000;
    expect((await signInWith(server, ACCOUNT.password)).status).toBe(201);
  });

  test('has ten tries in any quarter of an hour, wherever the hour turns and whenever the first was', async () => {
    const server = await createTestServer();
    await server.signIn();
    // From 44 minutes past the hour to one before the next.
    server.clock.now += 14 * 60_000;
    const tries: number[] = [];
    const guess = async () => {
      const { status } = await signInWith(server, 'wrong');
      if (status === 401) tries.push(server.clock.now);
    };
    await guess();
    server.clock.now += 14 * 60_000 + 50_000;
    for (let attempt = 0; attempt < 12; attempt += 1) await guess();
    for (let round = 0; round < 12; round += 1) {
      server.clock.now += 150_000;
      await forgetLimits(server.effects);
      for (let attempt = 0; attempt < 3; attempt += 1) await guess();
    }
    const within = tries.map(
      (time) => tries.filter((other) => other >= time && other < time + 15 * 60_000).length,
    );
    expect(Math.max(...within)).toBe(10);
    expect(tries).toHaveLength(20);
  });

  test('counts wrong passwords that come at the same time', async () => {
    const server = await createTestServer();
    await server.signIn();
    const replies = await Promise.all(
      Array.from({ length: 15 }, () => signInWith(server, 'wrong')),
    );
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test('is not shut for another address', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let attempt = 1; attempt <= 10; attempt += 1) await signInWith(server, 'wrong');
    expect((await signInWith(server, ACCOUNT.password, '198.51.100.1')).status).toBe(201);
  });

  test('forgets the wrong passwords of who then gets it right', async () => {
    const server = await createTestServer();
    await server.signIn();
    for (let round = 1; round <= 2; round += 1) {
      for (let attempt = 1; attempt <= 6; attempt += 1)
        expect((await signInWith(server, 'wrong')).status).toBe(401);
      expect((await signInWith(server, ACCOUNT.password)).status).toBe(201);
    }
  });

  test('logs neither names nor passwords', async () => {
    const server = await createTestServer();
    await server.signIn();
    await signInWith(server, 'a wrong guess');
    const log = JSON.stringify(server.logged);
    expect(log).toContain(SESSION);
    for (const secret of [ACCOUNT.name, ACCOUNT.password, 'a wrong guess', SET_UP_TOKEN])
      expect(log).not.toContain(secret);
  });
});

test('a database that fails is not taken for a session that ended', async () => {
  const server = await createTestServer();
  await server.signIn();
  server.handle.exec('alter table session rename to elsewhere');
  expect(await problemIn(await server.ask('GET', SESSION))).toBe('503 storage-unavailable');
});

test('better-auth’s own routes are not mounted', async () => {
  const { ask } = await createTestServer();
  for (const path of ['/api/auth/sign-up/email', '/api/auth/ok', '/sign-up/email'])
    expect(await problemIn(await ask('POST', path, { json: {} }))).toBe('404 not-found');
});
