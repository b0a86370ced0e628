// Sessions that somebody else chose, kept or caught.
import { describe, expect, test } from 'vitest';
import { enrolmentSchema } from '#core/contract/people.ts';
import { ACCOUNT, createTestServer, ORIGIN, problemIn } from '../support/test-server.ts';
import { createAuthenticator } from '../support/software-authenticator.ts';
import { totpOf } from '../support/totp.ts';
import { cookieIn, PASSWORD } from './support/office.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

const CREDENTIALS = { name: ACCOUNT.name, password: ACCOUNT.password };
const DAY_MS = 24 * 60 * 60 * 1000;

const cookieOf = (reply: Response) => cookieIn(reply.headers.getSetCookie());

async function officeOf() {
  const server = await createTestServer();
  await server.signIn();
  return server;
}

const signIn = (server: Server, cookie = '', json: object = CREDENTIALS) =>
  server.ask('POST', '/api/v1/session', { json, headers: { cookie } });

const isSignedIn = async (server: Server, cookie: string) =>
  (await server.ask('GET', '/api/v1/session', { headers: { cookie } })).ok;

const tokenOf = (cookie: string) => cookie.split('=')[1] ?? '';

describe('a sign-in', () => {
  test('gives out a session that nobody knew before, whatever cookie the browser came with', async () => {
    const server = await officeOf();
    const chosen = 'sucharit.session_token=chosen-by-an-attacker.c2lnbmVkLWJ5LWhpbQ';
    const first = cookieOf(await signIn(server, chosen));
    const second = cookieOf(await signIn(server, first));
    expect(new Set([chosen, server.cookie(), first, second].map(tokenOf)).size).toBe(4);
    expect(await isSignedIn(server, chosen)).toBe(false);
    expect(await isSignedIn(server, second)).toBe(true);
  });

  test('ends the session that the browser came with, of the same account or of another', async () => {
    const server = await officeOf();
    const other = await server.accounts.create('somying', PASSWORD, {
      role: 'viewer',
      branch: 'all',
    });
    const others = cookieIn(other?.cookies ?? []);
    const elsewhere = cookieOf(await signIn(server));
    for (const before of [server.cookie(), others]) {
      const after = cookieOf(await signIn(server, before));
      expect(await isSignedIn(server, before)).toBe(false);
      expect(await isSignedIn(server, after)).toBe(true);
    }
    // On another device nothing ends.
    expect(await isSignedIn(server, elsewhere)).toBe(true);
  });

  test('that fails ends nothing', async () => {
    const server = await officeOf();
    const wrong = await signIn(server, server.cookie(), { ...CREDENTIALS, password: 'wrong' });
    expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []]);
    expect(await isSignedIn(server, server.cookie())).toBe(true);
  });

  test('with a passkey or a code ends it too', async () => {
    const server = await officeOf();
    const authenticator = createAuthenticator(ORIGIN);
    const passwordOf = { password: ACCOUNT.password };
    const begun = await server.ask('POST', '/api/v1/account/passkeys/challenge', {
      json: passwordOf,
    });
    const passkey = authenticator.make(await begun.json());
    const adding = { cookie: `${server.cookie()}; ${cookieOf(begun)}` };
    const name = 'โน้ตบุ๊ก';
    await server.ask('POST', '/api/v1/account/passkeys', {
      json: { name, passkey },
      headers: adding,
    });
    const asked = await server.ask('POST', '/api/v1/session/passkey/challenge');
    const proving = { cookie: `${server.cookie()}; ${cookieOf(asked)}` };
    const proof = authenticator.prove(await asked.json());
    const proven = await server.ask('POST', '/api/v1/session/passkey', {
      json: proof,
      headers: proving,
    });
    expect(proven.status).toBe(201);
    expect(await isSignedIn(server, server.cookie())).toBe(false);

    const { cookie, uri } = await withSecondFactor(server, cookieOf(proven));
    const pending = cookieOf(await signIn(server));
    const done = await enterCode(server, `${cookie}; ${pending}`, totpOf(uri, Date.now()));
    expect(done.status).toBe(201);
    expect(await isSignedIn(server, cookie)).toBe(false);
  });
});

async function withSecondFactor(server: Server, cookie: string) {
  const begun = await server.ask('POST', '/api/v1/account/two-factor', {
    json: { password: ACCOUNT.password },
    headers: { cookie },
  });
  const { uri } = enrolmentSchema.parse(await begun.json());
  const confirmed = await server.ask('POST', '/api/v1/account/two-factor/confirmation', {
    json: { code: totpOf(uri, Date.now()) },
    headers: { cookie },
  });
  return { uri, cookie: cookieOf(confirmed) };
}

const enterCode = (server: Server, cookie: string, code: string) =>
  server.ask('POST', '/api/v1/session/code', { json: { code }, headers: { cookie } });

describe('a code of an authenticator app', () => {
  test('signs in once, though it is good for longer', async () => {
    const server = await officeOf();
    const { uri } = await withSecondFactor(server, server.cookie());
    const code = totpOf(uri, Date.now());
    const [mine, thief] = [cookieOf(await signIn(server)), cookieOf(await signIn(server))];
    expect((await enterCode(server, mine, code)).status).toBe(201);
    expect(await problemIn(await enterCode(server, thief, code))).toBe('401 sign-in-failed');
  });

  test('signs in once, though it is sent twice at the same moment', async () => {
    const server = await officeOf();
    const { uri } = await withSecondFactor(server, server.cookie());
    const code = totpOf(uri, Date.now());
    const pending = [cookieOf(await signIn(server)), cookieOf(await signIn(server))];
    const replies = await Promise.all(pending.map((one) => enterCode(server, one, code)));
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 401]);
  });

  test('that was wrong for one moment is good again in its own', async () => {
    const server = await officeOf();
    const { uri } = await withSecondFactor(server, server.cookie());
    const later = totpOf(uri, Date.now() + 60 * 60 * 1000);
    const pending = cookieOf(await signIn(server));
    expect((await enterCode(server, pending, later)).status).toBe(401);
    expect((await enterCode(server, pending, totpOf(uri, Date.now()))).status).toBe(201);
  });
});

describe('a session', () => {
  test('ends thirty days after the sign-in, however often it is used', async () => {
    const server = await officeOf();
    const madeAt = (daysAgo: number) => {
      const moment = new Date(server.clock.now - daysAgo * DAY_MS).toISOString();
      server.handle.prepare('update session set "createdAt" = ?').run(moment);
    };
    madeAt(29.9);
    expect(await isSignedIn(server, server.cookie())).toBe(true);
    madeAt(30.1);
    expect(await isSignedIn(server, server.cookie())).toBe(false);
    madeAt(0);
    expect(await isSignedIn(server, server.cookie())).toBe(false);
  });

  test.each(['viewer', 'admin'] as const)(
    'of a %s ends with the account, the password, the second factor',
    async (role) => {
      const server = await officeOf();
      const account = { name: 'somying', password: PASSWORD };
      const made = await server.accounts.create(account.name, account.password, {
        role,
        branch: 'all',
      });
      const path = `/api/v1/people/${made?.id}`;

      const before = cookieIn(made?.cookies ?? []);
      await server.ask('DELETE', `${path}/second-factor`);
      expect(await isSignedIn(server, before)).toBe(false);

      const [first, second] = [
        cookieOf(await signIn(server, '', account)),
        cookieOf(await signIn(server, '', account)),
      ];
      const json = { current: PASSWORD, password: `${PASSWORD}อีกครั้ง` };
      const headers = { cookie: first };
      const changed = await server.ask('PUT', '/api/v1/account/password', { json, headers });
      expect(await isSignedIn(server, first)).toBe(false);
      expect(await isSignedIn(server, second)).toBe(false);
      const third = cookieOf(changed);
      expect(await isSignedIn(server, third)).toBe(true);

      await server.ask('DELETE', path);
      expect(await isSignedIn(server, third)).toBe(false);
    },
  );

  test('that was taken apart or signed by another key is none', async () => {
    const server = await officeOf();
    const [name = '', value = ''] = server.cookie().split('=');
    const [token = '', signature = ''] = decodeURIComponent(value).split(/\.(?=[^.]*$)/);
    // What lies in the database is not enough: the signature is made with a key that is kept elsewhere.
    const stored = token;
    expect(JSON.stringify(server.handle.prepare('select * from session').all())).toContain(stored);
    const forged = [
      stored,
      `${stored}.`,
      `${stored}.${signature.slice(0, -4)}`,
      `${stored}.${'A'.repeat(signature.length)}`,
      `${stored}x.${signature}`,
      `.${signature}`,
      `${stored}.${signature}%00`,
    ];
    for (const one of forged)
      for (const written of [one, encodeURIComponent(one)])
        expect(await isSignedIn(server, `${name}=${written}`)).toBe(false);
    expect(await isSignedIn(server, `__Host-${name}=${value}`)).toBe(false);
    expect(await isSignedIn(server, `${name}=${value}`)).toBe(true);
  });
});

test('a cookie is for scripts of no site, for no other host, and never prolonged by a device’s request', async () => {
  const server = await officeOf();
  const reply = await signIn(server);
  for (const cookie of reply.headers.getSetCookie()) {
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('Domain');
  }
  for (const path of ['/', '/waiting', '/admin', '/healthz', '/api/openapi.json']) {
    const page = await server.app.request(path, { headers: { cookie: server.cookie() } });
    expect(page.headers.getSetCookie()).toEqual([]);
  }
  const sent = await server.sendBatch([], { cookie: server.cookie() });
  expect(sent.headers.getSetCookie()).toEqual([]);
});
