// What somebody learns who guesses names, passwords and links, and whom they shut out by it.
import { describe, expect, test } from 'vitest';
import { CODE_ALPHABET, makeChannelCode } from '#core/contract/channel-code.ts';
import { EIT, envelope, response } from '../support/fixtures.ts';
import { ACCOUNT, createTestServer, problemIn } from '../support/test-server.ts';
import { createOffice, PASSWORD } from './support/office.ts';

type Server = Awaited<ReturnType<typeof createTestServer>>;

const ELSEWHERE = '198.51.100.4';

const signIn = (server: Server, name: string, password: string, address = '203.0.113.7') =>
  server.ask('POST', '/api/v1/session', {
    json: { name, password },
    headers: { cookie: '', 'x-test-address': address },
  });

describe('whoever guesses names', () => {
  test('gets the same answer for one that there is and one that there is not, after as many slow hashes', async () => {
    const server = await createTestServer();
    await server.signIn();
    async function tried(name: string) {
      const before = server.passwordWork.count;
      const reply = await signIn(server, name, 'wrong');
      const hashes = server.passwordWork.count - before;
      const headers = [...reply.headers].filter(([key]) => key !== 'date');
      return { hashes, answer: [reply.status, headers, await reply.text()] };
    }
    const known = await tried(ACCOUNT.name);
    expect(known.hashes).toBe(1);
    expect(await tried('nobody')).toEqual(known);
  });

  test('is told that a name is taken only where an invitation in their hands is good', async () => {
    const { server, link } = await createOffice();
    const join = (token: string) =>
      server.ask('POST', '/api/v1/join', {
        json: { token, name: ACCOUNT.name, password: PASSWORD },
        headers: { cookie: '' },
      });
    expect(await problemIn(await join('guessed'))).toBe('410 set-up-link-used');
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(await problemIn(await join(token))).toBe('409 name-taken');
  });
});

test('a link that was used, withdrawn, has expired or was never made gives the same answer', async () => {
  const { server } = await createOffice();
  async function invite() {
    const reply = await server.ask('POST', '/api/v1/invitations', { json: { role: 'viewer' } });
    const { id, link } = await reply.json();
    return { id: String(id), token: new URL(link).searchParams.get('token') ?? '' };
  }
  const [used, withdrawn, expired] = [await invite(), await invite(), await invite()];
  const account = { name: 'somying', password: PASSWORD };
  const joining = { json: { token: used.token, ...account }, headers: { cookie: '' } };
  expect((await server.ask('POST', '/api/v1/join', joining)).status).toBe(201);
  await server.ask('DELETE', `/api/v1/invitations/${withdrawn.id}`);
  server.clock.now += 8 * 24 * 60 * 60 * 1000;
  for (const token of [used.token, withdrawn.token, expired.token, 'never', '']) {
    const look = await server.ask('GET', `/api/v1/join?token=${token}`, {
      headers: { cookie: '' },
    });
    expect(await problemIn(look)).toBe('410 set-up-link-used');
  }
  for (const path of ['recovery', 'set-up'])
    expect(await problemIn(await server.ask('GET', `/api/v1/${path}?token=${used.token}`))).toBe(
      '410 set-up-link-used',
    );
});

describe('whoever guesses codes of channels', () => {
  // Codes that no channel has, in the order of the alphabet.
  const codes = Array.from({ length: 60 }, (_, number) => {
    const places = [number % 23, Math.floor(number / 23)].values();
    return makeChannelCode(() => places.next().value ?? 0);
  });

  test('finds none sooner by naming many in a batch, and stops nobody behind the address', async () => {
    expect(new Set(codes).size).toBe(60);
    expect(codes.join('')).toMatch(new RegExp(`^[${CODE_ALPHABET}]+$`));
    const { server, own } = await createOffice();
    const guess = (from: number, to: number) =>
      server.sendBatch(codes.slice(from, to).map((code, place) => envelope(100 + place, code)));
    expect((await guess(0, 30)).status).toBe(200);
    const slowed = await guess(30, 60);
    expect(slowed.headers.get('retry-after')).toBe('10');
    expect(await problemIn(slowed)).toBe('429 too-many-requests');
    expect((await server.app.request(`/s/${codes[0]}`)).status).toBe(429);
    expect(await server.resultsOf([envelope(1, own.channel, response(EIT))])).toMatchObject([
      { result: 'accepted' },
    ]);
  });

  test('has sent what came with a guess all the same: it is stored, and known again', async () => {
    const { server, own } = await createOffice();
    const guesses = codes.slice(0, 31).map((code, place) => envelope(100 + place, code));
    const good = envelope(1, own.channel, response(EIT));
    expect((await server.sendBatch([good, ...guesses])).status).toBe(429);
    expect(await server.resultsOf([good])).toMatchObject([{ result: 'duplicate' }]);
  });

  test('counts one for an office’s many that wait for the same channel, which is gone', async () => {
    const { server } = await createOffice();
    for (let batch = 0; batch < 30; batch += 1) {
      const waiting = [1, 2, 3].map((number) => envelope(batch * 3 + number, codes[0] ?? ''));
      expect(await server.resultsOf(waiting)).toHaveLength(3);
    }
    expect((await server.sendBatch([envelope(1, codes[0] ?? '')])).status).toBe(429);
  });
});

describe('whoever guesses passwords', { timeout: 60_000 }, () => {
  test('shuts out neither colleagues, nor the account elsewhere, nor who is signed in, nor devices', async () => {
    const { server, cookies, own } = await createOffice();
    for (let guess = 1; guess <= 10; guess += 1)
      expect((await signIn(server, ACCOUNT.name, 'wrong')).status).toBe(401);
    expect((await signIn(server, ACCOUNT.name, ACCOUNT.password)).status).toBe(429);
    expect((await signIn(server, 'the-admin', PASSWORD)).status).toBe(201);
    expect((await signIn(server, ACCOUNT.name, ACCOUNT.password, ELSEWHERE)).status).toBe(201);
    expect(
      (await server.ask('GET', '/api/v1/account', { headers: { cookie: cookies.owner } })).status,
    ).toBe(200);
    expect((await server.sendBatch([envelope(1, own.channel)])).status).toBe(200);
  });

  test('goes on at an account that is shut, and uses up nothing of what the others behind the address have', async () => {
    const { server } = await createOffice();
    for (let guess = 1; guess <= 10; guess += 1)
      expect((await signIn(server, ACCOUNT.name, 'wrong')).status).toBe(401);
    for (let guess = 1; guess <= 100; guess += 1)
      expect((await signIn(server, ACCOUNT.name, 'wrong')).status).toBe(429);
    expect((await signIn(server, 'the-admin', 'wrong')).status).toBe(401);
    expect((await signIn(server, 'the-admin', PASSWORD)).status).toBe(201);
  });

  test('of one account under other ways to write its name has no more attempts', async () => {
    const { server } = await createOffice();
    const names = ['the-admin', 'THE-ADMIN', ' the-admin ', 'Ｔhe-admin', 'ｔｈｅ-admin'];
    for (let guess = 0; guess < 10; guess += 1)
      await signIn(server, names[guess % names.length] ?? '', 'wrong');
    for (const name of names) expect((await signIn(server, name, PASSWORD)).status).toBe(429);
  });

  test('over a list of names from one address is stopped, and not by an address they make up', async () => {
    const { server } = await createOffice();
    let last = 0;
    for (let guess = 0; guess <= 100; guess += 1) {
      const reply = await server.ask('POST', '/api/v1/session/code', {
        json: { code: '000000' },
        headers: { cookie: '', 'x-forwarded-for': `198.51.100.${guess}` },
      });
      last = reply.status;
    }
    expect(last).toBe(429);
    expect((await signIn(server, 'the-viewer', PASSWORD)).status).toBe(429);
    expect((await signIn(server, 'the-viewer', PASSWORD, ELSEWHERE)).status).toBe(201);
  });
});
