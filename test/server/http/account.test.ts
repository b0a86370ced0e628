import { describe, expect, test } from 'vitest';
import {
  backupCodesSchema,
  type Enrolment,
  enrolmentSchema,
  ownAccountSchema,
} from '#core/contract/people.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';
import { totpOf } from '../support/totp.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

const NEXT_PASSWORD = 'ม้าลายเดินข้ามสะพาน';
const { password: PASSWORD } = ACCOUNT;

/** The Cookie header that a browser sends after a reply, as far as it was not told to forget. */
const cookieOf = (reply: Response) =>
  reply.headers
    .getSetCookie()
    .filter((line) => !/Max-Age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ');

const signIn = (server: Server, password = PASSWORD) =>
  server.ask('POST', '/api/v1/session', {
    json: { name: ACCOUNT.name, password },
    headers: { cookie: '' },
  });

const isSignedIn = async (server: Server, cookie: string) =>
  (await server.ask('GET', '/api/v1/session', { headers: { cookie } })).ok;

async function signedInServer() {
  const server = await createTestServer();
  await server.signIn();
  const cookie = cookieOf(await signIn(server));
  return { server, cookie };
}

async function accountOf(server: Server, cookie: string) {
  const reply = await server.ask('GET', '/api/v1/account', { headers: { cookie } });
  return ownAccountSchema.parse(await reply.json());
}

const changePassword = (
  server: Server,
  cookie: string,
  current: string,
  password = NEXT_PASSWORD,
) =>
  server.ask('PUT', '/api/v1/account/password', {
    json: { current, password },
    headers: { cookie },
  });

const twoFactor = (server: Server, cookie: string, path: string, json: object) =>
  server.ask('POST', `/api/v1/account/two-factor${path}`, { json, headers: { cookie } });
const enterCode = (server: Server, cookie: string, code: string) =>
  server.ask('POST', '/api/v1/session/code', { json: { code }, headers: { cookie } });

describe('sessions', () => {
  test('are listed and can be ended one by one', async () => {
    const { server, cookie } = await signedInServer();
    const { sessions } = await accountOf(server, cookie);
    expect(sessions.filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ isThis }) => !isThis);
    const path = `/api/v1/account/sessions/${other?.id}`;
    expect((await server.ask('DELETE', path, { headers: { cookie } })).status).toBe(204);
    expect(await problemIn(await server.ask('GET', '/api/v1/session'))).toBe('401 not-signed-in');
    expect((await accountOf(server, cookie)).sessions).toHaveLength(1);
    expect(await problemIn(await server.ask('DELETE', path, { headers: { cookie } }))).toBe(
      '404 not-found',
    );
  });

  test('of others cannot be ended', async () => {
    const { server, cookie } = await signedInServer();
    const other = await server.accounts.create('another', NEXT_PASSWORD, {
      role: 'viewer',
      branch: 'all',
    });
    const [session] = await server.storage.listSessions(other?.id ?? '', server.clock.now);
    const path = `/api/v1/account/sessions/${session?.id}`;
    const end = (of: string) => server.ask('DELETE', path, { headers: { cookie: of } });
    expect(await problemIn(await end(cookie))).toBe('404 not-found');
    expect((await end(other?.cookies[0]?.split(';')[0] ?? '')).status).toBe(204);
  });
});

describe('a change of the password', () => {
  test('ends all other sessions, and the old password works no more', async () => {
    const { server, cookie } = await signedInServer();
    const reply = await changePassword(server, cookie, PASSWORD);
    expect(reply.status).toBe(204);
    expect(await isSignedIn(server, cookieOf(reply))).toBe(true);
    expect((await server.ask('GET', '/api/v1/session')).status).toBe(401);
    expect(await isSignedIn(server, cookie)).toBe(false);
    expect((await signIn(server)).status).toBe(401);
    expect((await signIn(server, NEXT_PASSWORD)).status).toBe(201);
  });

  test('needs the current password and a good new one, and is not a way to guess', async () => {
    const { server, cookie } = await signedInServer();
    expect(await problemIn(await changePassword(server, cookie, PASSWORD, 'Password123!'))).toBe(
      '422 password-too-weak',
    );
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect(await problemIn(await changePassword(server, cookie, 'wrong'))).toBe(
        '401 sign-in-failed',
      );
    expect(await problemIn(await changePassword(server, cookie, PASSWORD))).toBe(
      '429 too-many-attempts',
    );
    expect(await isSignedIn(server, cookie)).toBe(true);
  }, 60_000);
});

async function enrolledServer() {
  const { server, cookie } = await signedInServer();
  const begun = await twoFactor(server, cookie, '', { password: PASSWORD });
  const enrolment = enrolmentSchema.parse(await begun.json());
  const code = totpOf(enrolment.uri, Date.now());
  const confirmed = await twoFactor(server, cookie, '/confirmation', { code });
  expect(confirmed.status).toBe(204);
  return { server, cookie: cookieOf(confirmed), ...enrolment };
}

/** What another key had closed. */
const changed = (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

describe('a second factor', { timeout: 60_000 }, () => {
  test('is shown under the account’s name, and counts only once it was confirmed', async () => {
    const { server, cookie } = await signedInServer();
    expect(await problemIn(await twoFactor(server, cookie, '', { password: 'wrong' }))).toBe(
      '401 sign-in-failed',
    );
    const begun = await twoFactor(server, cookie, '', { password: PASSWORD });
    const { uri, backupCodes } = enrolmentSchema.parse(await begun.json());
    expect(decodeURIComponent(uri)).toMatch(
      new RegExp(`^otpauth://totp/Sucharit:${ACCOUNT.name}\\?secret=[A-Z2-7]+&issuer=Sucharit&`),
    );
    expect(new Set(backupCodes).size).toBe(10);
    expect(
      await problemIn(await twoFactor(server, cookie, '/confirmation', { code: '000000' })),
    ).toBe('401 sign-in-failed');
    expect((await signIn(server)).status).toBe(201);
    expect((await accountOf(server, cookie)).hasTwoFactor).toBe(false);
  });

  test('is asked for after the password, which alone opens nothing', async () => {
    const { server, cookie, uri } = await enrolledServer();
    expect((await accountOf(server, cookie)).hasTwoFactor).toBe(true);
    const first = await signIn(server);
    expect([first.status, await first.json()]).toEqual([202, { needsCode: true }]);
    const pending = cookieOf(first);
    expect(await isSignedIn(server, pending)).toBe(false);
    expect(await problemIn(await enterCode(server, pending, '000000'))).toBe('401 sign-in-failed');
    const done = await enterCode(server, pending, totpOf(uri, Date.now()));
    expect([done.status, await done.json()]).toEqual([
      201,
      { id: expect.any(String), name: ACCOUNT.name, role: 'owner' },
    ]);
    expect(await isSignedIn(server, cookieOf(done))).toBe(true);
    const again = await enterCode(server, pending, totpOf(uri, Date.now()));
    expect(await problemIn(again)).toBe('401 sign-in-expired');
    const failed = (await server.storage.readAudit({ after: 0, limit: 100 })).filter(
      ({ action }) => action === 'code-failed',
    );
    expect(failed.map(({ name }) => name)).toEqual([ACCOUNT.name, '']);
  });

  test('takes no code without the password, though somebody is signed in', async () => {
    const { server, cookie, uri } = await enrolledServer();
    const reply = await enterCode(server, cookie, totpOf(uri, Date.now()));
    expect(await problemIn(reply)).toBe('401 sign-in-expired');
  });

  test('is begun anew where the sign-in is over, and says so instead of calling a right code wrong', async () => {
    const { server, uri } = await enrolledServer();
    const right = () => totpOf(uri, Date.now());
    const pending = cookieOf(await signIn(server));
    for (let guess = 1; guess <= 5; guess += 1)
      expect(await problemIn(await enterCode(server, pending, '000000'))).toBe(
        '401 sign-in-failed',
      );
    for (let again = 1; again <= 2; again += 1)
      expect(await problemIn(await enterCode(server, pending, right()))).toBe(
        '401 sign-in-expired',
      );
    // After ten minutes the browser has forgotten the cookie.
    expect(await problemIn(await enterCode(server, '', right()))).toBe('401 sign-in-expired');
    const anew = await enterCode(server, cookieOf(await signIn(server)), right());
    expect(anew.status).toBe(201);
  });

  test('is typed in groups, as the app shows it', async () => {
    const { server, uri } = await enrolledServer();
    const code = totpOf(uri, Date.now()).replace(/(...)(...)/, '$1 $2');
    const done = await enterCode(server, cookieOf(await signIn(server)), code);
    expect(done.status).toBe(201);
  });

  test('that was begun again elsewhere takes no code of what was shown before, and says so', async () => {
    const { server, cookie } = await signedInServer();
    async function begin() {
      const begun = await twoFactor(server, cookie, '', { password: PASSWORD });
      return enrolmentSchema.parse(await begun.json());
    }
    const confirm = ({ id, uri }: Enrolment) =>
      twoFactor(server, cookie, '/confirmation', {
        enrolment: id,
        code: totpOf(uri, Date.now()),
      });
    const older = await begin();
    const newer = await begin();
    // However often: it is no guess.
    for (let again = 1; again <= 11; again += 1)
      expect(await problemIn(await confirm(older))).toBe('412 changed-meanwhile');
    const confirmed = await confirm(newer);
    expect(confirmed.status).toBe(204);
    const late = await server.ask('POST', '/api/v1/account/two-factor/confirmation', {
      json: { enrolment: older.id, code: totpOf(older.uri, Date.now()) },
      headers: { cookie: cookieOf(confirmed) },
    });
    expect(await problemIn(late)).toBe('412 changed-meanwhile');
  });

  test('that is on already is not begun again from a page that does not know', async () => {
    const { server, cookie, uri } = await enrolledServer();
    const begun = await twoFactor(server, cookie, '', { password: PASSWORD });
    expect(await problemIn(begun)).toBe('412 changed-meanwhile');
    const done = await enterCode(server, cookieOf(await signIn(server)), totpOf(uri, Date.now()));
    expect(done.status).toBe(201);
  });

  test('can be replaced by a backup code, each once', async () => {
    const { server, backupCodes } = await enrolledServer();
    const [code = ''] = backupCodes;
    const first = await enterCode(server, cookieOf(await signIn(server)), code);
    expect(first.status).toBe(201);
    const again = await enterCode(server, cookieOf(await signIn(server)), code);
    expect(await problemIn(again)).toBe('401 sign-in-failed');
  });

  test.each<[string, (code: string) => string]>([
    ['without its hyphen', (code) => code.replace('-', '')],
    ['in small letters', (code) => code.toLowerCase()],
    ['in capitals, with spaces', (code) => code.toUpperCase().replace('-', ' - ')],
    ['with look-alikes', (code) => code.replace(/[0oO]/g, 'O').replace(/[1lI]/g, 'l')],
  ])('is replaced by a backup code that was copied %s', async (_, copied) => {
    const { server, backupCodes } = await enrolledServer();
    for (const code of backupCodes) {
      const done = await enterCode(server, cookieOf(await signIn(server)), copied(code));
      expect(done.status).toBe(201);
    }
  });

  test('tells how many backup codes are left, to the last, and gives new ones for the password', async () => {
    const { server, cookie, backupCodes } = await enrolledServer();
    const left = async () => (await accountOf(server, cookie)).backupCodesLeft;
    expect(await left()).toBe(10);
    for (const code of backupCodes)
      expect((await enterCode(server, cookieOf(await signIn(server)), code)).status).toBe(201);
    expect(await left()).toBe(0);

    const renew = (password: string) => twoFactor(server, cookie, '/backup-codes', { password });
    expect(await problemIn(await renew('wrong'))).toBe('401 sign-in-failed');
    const first = backupCodesSchema.parse(await (await renew(PASSWORD)).json()).backupCodes;
    const second = backupCodesSchema.parse(await (await renew(PASSWORD)).json()).backupCodes;
    expect(new Set([...backupCodes, ...first, ...second]).size).toBe(30);
    expect(await left()).toBe(10);
    const enter = async (code = '') =>
      (await enterCode(server, cookieOf(await signIn(server)), code)).status;
    expect([await enter(first[0]), await enter(second[0])]).toEqual([401, 201]);
    const made = (await server.storage.readAudit({ after: 0, limit: 100 })).filter(
      ({ action }) => action === 'backup-codes-made',
    );
    expect(made).toHaveLength(2);
  });

  test('that the server has no key for any more opens nothing, and breaks nothing', async () => {
    const { server, cookie, uri, backupCodes } = await enrolledServer();
    const other = await enrolledServer();
    const closed = other.server.handle
      .prepare('select secret, "backupCodes" as codes from "twoFactor"')
      .get() as Record<'secret' | 'codes', string>;
    server.handle
      .prepare('update "twoFactor" set secret = ?, "backupCodes" = ?')
      .run(changed(closed.secret), changed(closed.codes));
    expect(await accountOf(server, cookie)).toMatchObject({
      hasTwoFactor: true,
      backupCodesLeft: 0,
    });
    for (const code of [totpOf(uri, Date.now()), backupCodes[0] ?? ''])
      expect(await problemIn(await enterCode(server, cookieOf(await signIn(server)), code))).toBe(
        '401 sign-in-failed',
      );
    expect((await twoFactor(server, cookie, '/end', { password: PASSWORD })).status).toBe(204);
  });

  test('is not found by trying', async () => {
    const { server, uri } = await enrolledServer();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const pending = cookieOf(await signIn(server));
      for (let guess = 1; guess <= 5; guess += 1)
        expect((await enterCode(server, pending, '000000')).status).toBe(401);
    }
    const locked = await enterCode(server, cookieOf(await signIn(server)), totpOf(uri, Date.now()));
    expect(await problemIn(locked)).toBe('429 too-many-attempts');
  });

  test('is switched off with the password', async () => {
    const { server, cookie } = await enrolledServer();
    const wrong = await twoFactor(server, cookie, '/end', { password: 'wrong' });
    expect(await problemIn(wrong)).toBe('401 sign-in-failed');
    const off = await twoFactor(server, cookie, '/end', { password: PASSWORD });
    expect(off.status).toBe(204);
    expect((await signIn(server)).status).toBe(201);
    expect(await isSignedIn(server, cookieOf(off))).toBe(true);
  });

  test('is kept encrypted, and its codes are in no log', async () => {
    const { server, uri, backupCodes } = await enrolledServer();
    const stored = JSON.stringify([
      server.handle.prepare('select * from "twoFactor"').all(),
      server.handle.prepare('select * from audit_log').all(),
      server.logged,
    ]);
    const secret = new URL(uri).searchParams.get('secret') ?? 'none';
    for (const text of [secret, ...backupCodes]) expect(stored).not.toContain(text);
  });
});
