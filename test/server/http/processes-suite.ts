// Several server processes on one database, behind a proxy that sends each request to any of them.
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { solveWork } from '#client/sync/solve-work.ts';
import { assessmentSchema, channelListSchema } from '#core/contract/assessment.ts';
import { checkCharacter } from '#core/contract/channel-code.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER, WORK_HEADER } from '#core/contract/protocol.ts';
import { migrateAuth } from '#server/auth/better-auth.ts';
import { createApp } from '#server/http/app.ts';
import { forgetLimits } from '#server/chores.ts';
import type { OpenDatabase } from '#server/storage/open-database.ts';
import type { Tables } from '#server/storage/tables.ts';
import { DRAFT, EIT, envelope, response } from '../support/fixtures.ts';
import { numberedUuids } from '../support/numbered-uuid.ts';
import { createAuthenticator } from '../support/software-authenticator.ts';
import { ACCOUNT, ORIGIN, processOn, START } from '../support/test-server.ts';
import { totpOf } from '../support/totp.ts';

const UNKNOWN = `AAAAAAA${checkCharacter('AAAAAAA')}`;

const HOUR_MS = 60 * 60 * 1000;

interface Asked {
  json?: unknown;
  cookie?: string;
  headers?: Record<string, string>;
}

const cookiesOf = (reply: globalThis.Response) =>
  reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

async function saidBy(reply: globalThis.Response): Promise<string> {
  const { code } = problemSchema.parse(await reply.json());
  return `${reply.status} ${code}`;
}

/** `open` gives two accesses to one empty database, as two processes have them, with its tables made. */
export function describeProcesses(
  name: string,
  open: () => Promise<
    { databases: readonly Kysely<Tables>[] } & Pick<OpenDatabase, 'dialect' | 'toRead'>
  >,
): void {
  describe(`two server processes on ${name}`, { timeout: 60_000 }, () => {
    let databases: readonly Kysely<Tables>[];
    let processes: ReturnType<typeof processOn>[];
    let apps: ReturnType<typeof createApp>[];
    let clock: { now: number };
    let turn: number;

    beforeEach(async () => {
      const opened = await open();
      ({ databases } = opened);
      clock = { now: START };
      turn = 0;
      const uuid = numberedUuids();
      processes = databases.map((database) => processOn({ ...opened, database, clock, uuid }));
      for (const [place, { auth }] of processes.entries()) {
        const database = databases[place];
        if (database) await migrateAuth(auth, { database, dialect: opened.dialect });
      }
      apps = processes.map(({ effects }) => createApp({ ...effects, floodAbove: 20 }));
    });

    afterEach(async () => {
      for (const database of new Set(databases)) await database.destroy();
    });

    /** A request to a process; without a number to the next one. */
    async function ask(
      method: string,
      path: string,
      { json, cookie = '', headers }: Asked = {},
      process = (turn += 1) % 2,
    ): Promise<globalThis.Response> {
      const app = apps[process];
      if (!app) throw new Error('no such process');
      return app.request(path, {
        method,
        headers: { 'sec-fetch-site': 'same-origin', cookie, ...headers },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
    }

    async function setUp(): Promise<string> {
      await processes[0]?.setUpLink(false, 'first');
      const reply = await ask('POST', '/api/v1/set-up', { json: { token: 'first', ...ACCOUNT } });
      expect(reply.status).toBe(201);
      return cookiesOf(reply);
    }

    async function channelOf(cookie: string): Promise<{ assessment: string; code: string }> {
      const made = await ask('POST', '/api/v1/assessments', { json: DRAFT, cookie });
      const { id } = assessmentSchema.parse(await made.json());
      const list = await ask('GET', `/api/v1/assessments/${id}/channels`, { cookie });
      const { channels } = channelListSchema.parse(await list.json());
      const code = channels.find(({ instrument }) => instrument === EIT.id)?.code ?? '';
      return { assessment: id, code };
    }

    const signIn = (password: string, process?: number) =>
      ask('POST', '/api/v1/session', { json: { name: ACCOUNT.name, password } }, process);

    test('know a session that either of them began, and both forget it', async () => {
      const cookie = await setUp();
      for (const process of [0, 1])
        expect((await ask('GET', '/api/v1/session', { cookie }, process)).status).toBe(200);
      expect((await ask('DELETE', '/api/v1/session', { cookie }, 1)).status).toBe(204);
      for (const process of [0, 1])
        expect((await ask('GET', '/api/v1/session', { cookie }, process)).status).toBe(401);
    });

    test('tell whoever looks at one of them within two seconds of what the other stored', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const cookie = await setUp();
      const { assessment, code } = await channelOf(cookie);
      const stream = await ask('GET', `/api/v1/assessments/${assessment}/live`, { cookie }, 0);
      const reader = stream.body?.getReader();
      const next = async () => new TextDecoder().decode((await reader?.read())?.value);
      expect(await next()).toMatch(/^event: alive/);
      const json = { envelopes: [envelope(1, code, response(EIT))] };
      expect((await ask('POST', '/api/v1/batches', { json }, 1)).status).toBe(200);
      vi.advanceTimersByTime(2_000);
      expect(await next()).toMatch(/^event: changed/);
      await reader?.cancel();
    });

    test('print a set-up link each, and the first that is used ends the other', async () => {
      await processes[0]?.setUpLink(false, 'of the first');
      await processes[1]?.setUpLink(false, 'of the second');
      const statuses = await Promise.all(
        ['of the first', 'of the second'].map(async (token, place) => {
          const json = { token, name: `somchai${place}`, password: ACCOUNT.password };
          return (await ask('POST', '/api/v1/set-up', { json })).status;
        }),
      );
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 410]);
      expect(await processes[0]?.setUpLink(false, 'another')).toBeNull();
    });

    test('a set-up link of the day before is removed by the next start', async () => {
      await processes[0]?.setUpLink(false, 'old');
      clock.now += 24 * HOUR_MS;
      await processes[1]?.setUpLink(false, 'new');
      expect((await ask('GET', '/api/v1/set-up?token=old')).status).toBe(410);
      expect((await ask('GET', '/api/v1/set-up?token=new')).status).toBe(204);
    });

    test('count wrong passwords together, and tell the log of the first once', async () => {
      const cookie = await setUp();
      const counting = processes.map(({ effects }) => vi.spyOn(effects.failedAttempts, 'count'));
      for (let attempt = 0; attempt < 10; attempt += 1)
        expect((await signIn('ไม่ใช่รหัสผ่านนี้')).status).toBe(401);
      // The answers did not wait for it.
      await Promise.all(counting.flatMap(({ mock }) => mock.results.map(({ value }) => value)));
      for (const process of [0, 1])
        expect(await saidBy(await signIn(ACCOUNT.password, process))).toBe('429 too-many-attempts');
      clock.now += HOUR_MS;
      for (const { effects } of processes) await effects.failedAttempts.tellCounts('over');
      const { entries } = await (
        await ask('GET', '/api/v1/audit?what=sign-in-failed', { cookie })
      ).json();
      expect(entries).toMatchObject([{ details: { more: '9' } }, { details: {} }]);
      expect((await signIn(ACCOUNT.password)).status).toBe(201);
    });

    test('count wrong passwords together over a full hour', async () => {
      await setUp();
      clock.now += HOUR_MS - (clock.now % HOUR_MS) - 1_000;
      const wrong = async () => (await signIn('ไม่ใช่รหัสผ่านนี้')).status;
      for (let attempt = 0; attempt < 6; attempt += 1) expect(await wrong()).toBe(401);
      clock.now += 2_000;
      const statuses = await Promise.all(Array.from({ length: 8 }, wrong));
      expect(statuses.filter((status) => status === 401)).toHaveLength(4);
      clock.now += HOUR_MS / 4;
      expect((await signIn(ACCOUNT.password)).status).toBe(201);
    });

    test('take a code of an authenticator app once', async () => {
      const cookie = await setUp();
      const begun = await ask('POST', '/api/v1/account/two-factor', {
        json: { password: ACCOUNT.password },
        cookie,
      });
      const { uri } = await begun.json();
      // better-auth looks at the time itself.
      const code = totpOf(uri, Date.now());
      const confirmation = await ask('POST', '/api/v1/account/two-factor/confirmation', {
        json: { code },
        cookie,
      });
      expect(confirmation.status).toBe(204);
      const enter = async (process: number) => {
        const waiting = cookiesOf(await signIn(ACCOUNT.password, process));
        return ask('POST', '/api/v1/session/code', { json: { code }, cookie: waiting }, process);
      };
      expect((await enter(0)).status).toBe(201);
      expect((await enter(1)).status).toBe(401);
    });

    test('a passkey that one asks for may answer the other, once', async () => {
      const cookie = await setUp();
      const authenticator = createAuthenticator(ORIGIN);
      const begun = await ask('POST', '/api/v1/account/passkeys/challenge', {
        json: { password: ACCOUNT.password },
        cookie,
      });
      const asked = cookiesOf(begun);
      const passkey = authenticator.make(await begun.json());
      const adding = { json: { name: 'key', passkey }, cookie: `${cookie}; ${asked}` };
      expect((await ask('POST', '/api/v1/account/passkeys', adding)).status).toBe(204);
      const challenge = await ask('POST', '/api/v1/session/passkey/challenge', {}, 0);
      const answer = {
        json: authenticator.prove(await challenge.json()),
        cookie: cookiesOf(challenge),
      };
      expect((await ask('POST', '/api/v1/session/passkey', answer, 1)).status).toBe(201);
      expect((await ask('POST', '/api/v1/session/passkey', answer, 0)).status).toBe(422);
    });

    test('count the guesses of an address together', async () => {
      const statuses: number[] = [];
      for (let guess = 0; guess < 40; guess += 1)
        statuses.push((await ask('GET', `/api/v1/channels/${UNKNOWN}`)).status);
      const taken = statuses.filter((status) => status === 404).length;
      // Thirty are free; each process tells three at a time.
      expect(taken).toBeGreaterThanOrEqual(30);
      expect(taken).toBeLessThanOrEqual(33);
    });

    test('count the requests of an address together, and those of others not', async () => {
      const statuses = [];
      for (let request = 0; request < 1_300; request += 1)
        statuses.push((await ask('GET', '/api/v1/session')).status);
      const taken = statuses.filter((status) => status === 401).length;
      expect(taken).toBeGreaterThanOrEqual(1_000);
      expect(taken).toBeLessThanOrEqual(1_100);
      const headers = { 'x-test-address': '198.51.100.9' };
      expect((await ask('GET', '/api/v1/session', { headers })).status).toBe(401);
    });

    test('notice a flood together, and take each other’s work, once', async () => {
      const { code } = await channelOf(await setUp());
      let made = 0;
      const send = (number: number, done = '', again = 0) => {
        const envelopes = Array.from({ length: number }, () =>
          envelope(again || (made += 1), code, response(EIT)),
        );
        const headers = {
          [PROTOCOL_HEADER]: String(PROTOCOL),
          ...(done && { [WORK_HEADER]: done }),
        };
        return ask('POST', '/api/v1/batches', { json: { envelopes }, headers });
      };
      for (let batch = 0; batch < 10; batch += 1) expect((await send(2)).status).toBe(200);
      const statuses = [(await send(2)).status, (await send(2)).status];
      expect(statuses).toContain(429);
      const refused = await send(1, '', 900);
      const { work } = problemSchema.parse(await refused.json());
      const done = (await solveWork(work ?? '')) ?? '';
      expect((await send(1, done, 900)).status).toBe(200);
      expect((await send(1, done, 900)).status).toBe(429);
    });

    /** What a process does once a minute. */
    async function forget() {
      const [first] = processes;
      const log = { info: () => undefined, error: () => undefined };
      if (first) await forgetLimits({ ...first.effects, log });
    }

    test('write down nothing of who does not hurry, and forget the others', async () => {
      const [database] = databases;
      const stored = async () => ({
        limits: (await database?.selectFrom('limits').selectAll().execute()) ?? [],
        secrets: (await database?.selectFrom('limit_secrets').selectAll().execute()) ?? [],
      });
      const { code } = await channelOf(await setUp());
      const [quiet, hurried] = ['203.0.113.50', '203.0.113.51'];
      const visit = (address: string) =>
        ask('GET', `/api/v1/channels/${code}`, { headers: { 'x-test-address': address } });
      for (let request = 0; request < 50; request += 1) await visit(quiet);
      const json = { envelopes: [envelope(1, code, response(EIT))] };
      expect((await ask('POST', '/api/v1/batches', { json })).status).toBe(200);
      expect(await stored()).toEqual({ limits: [], secrets: [] });

      for (let request = 0; request < 400; request += 1) await visit(hurried);
      const { limits, secrets } = await stored();
      expect([limits.length, secrets.length]).toEqual([1, 1]);
      expect(JSON.stringify(limits)).not.toContain(hurried);
      expect(limits[0]?.mark).toMatch(/^[0-9a-f]{64}$/);

      clock.now += HOUR_MS;
      await forget();
      expect(await stored()).toEqual({ limits: [], secrets: [] });

      // A clock that was ahead, and is set back: by an hour, then by a day.
      for (let request = 0; request < 400; request += 1) await visit(hurried);
      clock.now -= HOUR_MS;
      await forget();
      expect((await stored()).secrets).toHaveLength(1);
      clock.now -= 24 * HOUR_MS;
      await forget();
      expect((await stored()).secrets).toEqual([]);
    });
  });
}
