import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOGGED } from '#core/privacy/stored.ts';
import { clientAddress, listProxies } from '#server/http/client-address.ts';
import { createTokenBuckets } from '#server/limits/token-bucket.ts';
import { DRAFT, envelope, IIT } from '../support/fixtures.ts';
import { createTestServer, ORIGIN, problemIn } from '../support/test-server.ts';

const SESSION_ROUTES = [
  ['GET', '/api/v1/session'],
  ['DELETE', '/api/v1/session'],
  ['GET', '/api/v1/instruments'],
  ['GET', '/api/v1/templates'],
  ['GET', '/api/v1/assessments'],
  ['POST', '/api/v1/assessments'],
  ['GET', '/api/v1/assessments/1'],
  ['PUT', '/api/v1/assessments/1'],
  ['GET', '/api/v1/assessments/1/channels'],
  ['PATCH', '/api/v1/assessments/1/channels/22222222'],
  ['GET', '/api/v1/assessments/1/participation'],
  ['GET', '/api/v1/assessments/1/scores'],
] as const;

test.each(SESSION_ROUTES)('%s %s demands a session', async (method, path) => {
  const { ask } = await createTestServer();
  expect(await problemIn(await ask(method, path))).toBe('401 not-signed-in');
  const forged = { cookie: 'sucharit.session_token=forged.c2lnbmF0dXJl' };
  expect(await problemIn(await ask(method, path, { headers: forged }))).toBe('401 not-signed-in');
});

describe('a change', () => {
  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'of another site that lies about its origin',
      { 'sec-fetch-site': 'cross-site', origin: ORIGIN },
    ],
    ['of a neighbour under the same domain', { 'sec-fetch-site': 'same-site', origin: ORIGIN }],
    [
      'of another origin in an older browser',
      { 'sec-fetch-site': '', origin: 'https://evil.example' },
    ],
    ['of a sandboxed frame', { 'sec-fetch-site': '', origin: 'null' }],
    ['that does not say where it comes from', { 'sec-fetch-site': '' }],
  ])('%s is refused', async (_, headers) => {
    const server = await createTestServer();
    await server.signIn();
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const cookie = 'x=1';
    for (const [method, path] of [
      ['POST', '/api/v1/assessments'],
      ['POST', '/api/v1/session'],
      ['POST', '/api/v1/set-up'],
      ['DELETE', '/api/v1/session'],
    ] as const) {
      const reply = await server.app.request(path, { method, headers: { cookie, ...sent } });
      expect(await problemIn(reply)).toBe('403 cross-site');
    }
  });

  test('of our own page in an older browser is taken, under either of its addresses', async () => {
    const { app } = await createTestServer();
    for (const origin of [ORIGIN, 'http://192.0.2.10:8080']) {
      const reply = await app.request('/api/v1/session', {
        method: 'POST',
        headers: { origin, host: '192.0.2.10:8080' },
        body: '{"name":"a","password":"b"}',
      });
      expect(await problemIn(reply)).toBe('401 sign-in-failed');
    }
  });
});

test.each([
  '/',
  '/s/22222222',
  '/admin',
  '/healthz',
  '/api/v1/session',
  '/api/v1/batches',
  '/none',
])('%s carries the security headers', async (path) => {
  const { app } = await createTestServer();
  const { headers } = await app.request(path);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('permissions-policy')).toContain('geolocation=()');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

describe('limits', () => {
  test('let a hundred devices behind one address send at once, and a whole day of a counter', async () => {
    const { sendBatch, createChannel, clock } = await createTestServer();
    const { code } = await createChannel(IIT.id);
    for (let burst = 0; burst < 5; burst += 1) {
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, index) => sendBatch([envelope(index, code)])),
      );
      expect(replies.every(({ status }) => status === 200)).toBe(true);
    }
    clock.now += 60_000;
    expect((await sendBatch([envelope(1, code)])).status).toBe(200);
  });

  test('stop a program that asks without end, and tell it when to come back', async () => {
    const { app, clock } = await createTestServer();
    let last = await app.request('/admin');
    for (let request = 0; request < 2_000 && last.status === 200; request += 1)
      last = await app.request('/admin');
    expect(last.headers.get('retry-after')).toBe('1');
    expect(await problemIn(last)).toBe('429 too-many-requests');
    const other = await app.request('/admin', { headers: { 'x-test-address': '198.51.100.9' } });
    expect(other.status).toBe(200);
    clock.now += 1_000;
    expect((await app.request('/admin')).status).toBe(200);
  });

  test('shut nobody out where the clock is set back by a day, and hold then too', async () => {
    const { app, clock } = await createTestServer();
    expect((await app.request('/admin')).status).toBe(200);
    clock.now -= 24 * 60 * 60 * 1000;
    let last = await app.request('/admin');
    expect(last.status).toBe(200);
    for (let request = 0; request < 2_000 && last.status === 200; request += 1)
      last = await app.request('/admin');
    expect([last.status, last.headers.get('retry-after')]).toEqual([429, '1']);
  });

  test('are none for a proxy that looks whether the server is there, from the address of everybody', async () => {
    const { app } = await createTestServer();
    let last = await app.request('/admin');
    for (let request = 0; request < 2_000 && last.status === 200; request += 1)
      last = await app.request('/admin');
    expect(last.status).toBe(429);
    for (const path of ['/readyz', '/healthz']) expect((await app.request(path)).status).toBe(200);
  });

  test('forget who has been quiet, and go on where the database does not answer', async () => {
    let now = 0;
    const buckets = createTokenBuckets({
      storage: { takeFromBucket: () => Promise.reject(new Error('not reached')) },
      markOf: (key) => Promise.resolve(key),
      capacity: 1,
      perSecond: 1,
      now: () => now,
    });
    for (let sender = 0; sender < 20_000; sender += 1) await buckets.takeOne(`sender ${sender}`);
    expect(await buckets.takeOne('sender 1')).toBe(1);
    now = 1_000;
    expect(await buckets.takeOne('sender 1')).toBe(0);
    expect(await buckets.takeOne('sender 1')).toBe(1);
  });

  test.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', 'made up, 198.51.100.1', '198.51.100.1'],
    ['::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['2001:db8::1', undefined, '2001:db8:0:0'],
    ['2001:db8:1:2:ffff::', undefined, '2001:db8:1:2'],
  ])('count %s with X-Forwarded-For %s as %s', (socket, forwarded, sender) => {
    expect(clientAddress(socket, forwarded, listProxies([]))).toBe(sender);
  });

  test.each([
    ['172.30.0.9', '198.51.100.1', '198.51.100.1'],
    ['::ffff:172.30.0.9', 'made up, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.5', '::ffff:198.51.100.1', '198.51.100.1'],
    ['2001:db8:7::1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['10.0.0.6', '198.51.100.1', '10.0.0.6'],
    ['172.30.1.9', '198.51.100.1', '172.30.1.9'],
    ['', '198.51.100.1', ''],
    // Of a proxy behind a proxy the first has added whom it was asked by, the second the first.
    ['127.0.0.1', '198.51.100.1, 10.0.0.5', '198.51.100.1'],
    ['10.0.0.5', 'made up, 198.51.100.1, ::ffff:172.30.0.9', '198.51.100.1'],
    ['127.0.0.1', '10.0.0.5, 198.51.100.1, 10.0.0.5', '198.51.100.1'],
    ['127.0.0.1', '10.0.0.5', '10.0.0.5'],
    ['127.0.0.1', 'unknown, 10.0.0.5', 'unknown'],
    ['127.0.0.1', ', 10.0.0.5', '10.0.0.5'],
  ])('believe the proxies that are named: %s with %s is %s', (socket, forwarded, sender) => {
    const proxies = listProxies(['10.0.0.5', '172.30.0.0/24', '2001:db8:7::/48']);
    expect(clientAddress(socket, forwarded, proxies)).toBe(sender);
  });
});

describe('what a request says of a person', () => {
  const headers = {
    'x-test-address': '198.51.100.77',
    'x-forwarded-for': '198.51.100.78',
    'user-agent': 'TellTaleBrowser/1.0',
    referer: 'https://tell-tale.example/',
  };

  test('is in no log line, no table and no file', async () => {
    const server = await createTestServer();
    const { code } = await server.createChannel(IIT.id);
    const json = { envelopes: [envelope(1, code)] };
    const account = { name: 'somchai', password: 'wrong' };
    await server.app.request(`/s/${code}?from=tell-tale`, { headers });
    await server.app.request(`/api/v1/channels/${code}`, { headers });
    await server.ask('POST', '/api/v1/batches', { json, headers });
    await server.ask('POST', '/api/v1/session', { json: account, headers });
    await server.ask('POST', '/api/v1/assessments', { json: DRAFT, headers });
    await server.ask('GET', `/api/v1/tell-tale`, { headers });

    const log = JSON.stringify(server.logged);
    expect(server.logged.length).toBeGreaterThan(6);
    const folder = dirname(server.databaseFile);
    const files = readdirSync(folder).filter((name) =>
      name.startsWith(basename(server.databaseFile)),
    );
    const stored = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
    expect(stored.includes(envelope(1, code).body)).toBe(true);
    for (const trace of ['198.51.100', 'TellTale', 'tell-tale']) {
      expect(log).not.toContain(trace);
      expect(stored.includes(trace)).toBe(false);
    }
    expect(log).not.toContain(code);
  });

  test('is not kept with a session either', async () => {
    const server = await createTestServer();
    await server.ask('POST', '/api/v1/set-up', {
      json: { token: 'the-first-token', name: 'somchai', password: 'pla thu na ngo kho hak' },
      headers,
    });
    const sessions = server.handle.prepare('select "ipAddress", "userAgent" from session').all();
    expect(sessions).toEqual([{ ipAddress: null, userAgent: null }]);
  });

  test('is logged as method, route, status and duration, and nothing else', async () => {
    const { app, logged } = await createTestServer();
    await app.request('/api/v1/channels/22222222?x=1', { headers });
    expect(logged).toEqual([
      {
        message: 'request',
        fields: { method: 'GET', route: '/api/v1/channels/:code', status: 404, ms: 0 },
      },
    ]);
    // What the page about privacy says that a line has.
    expect(Object.keys(logged[0]?.fields ?? {})).toEqual([...LOGGED]);
  });
});

test('an unexpected error tells nothing outside, and the log no words of it', async () => {
  const { app, storage, logged } = await createTestServer();
  storage.findChannels = () => Promise.reject(new Error('the secret words'));
  const reply = await app.request('/api/v1/channels/22222222');
  expect(await reply.clone().text()).not.toContain('secret');
  expect(await problemIn(reply)).toBe('500 internal');
  expect(JSON.stringify(logged)).not.toContain('secret');
  expect(logged[0]).toMatchObject({ message: 'unexpected error', fields: { error: 'Error' } });
});
