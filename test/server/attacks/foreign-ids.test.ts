// Ids that are not the sender's to name: of another year, of a deleted one, of another account, and made up.
import { describe, expect, test } from 'vitest';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { problemIn } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice, type Office } from './support/office.ts';

const MADE_UP = [
  numberedUuid(4_711),
  'constructor',
  '__proto__',
  "' or 1=1 --",
  '%00',
  '..%2f..%2fetc%2fpasswd',
  '%F0%9F%98%80',
  'a'.repeat(5_000),
];

/** What is named by the parameter `id`: an assessment, or the rest. */
const isOfYear = (route: string) => route.includes('/assessments/:id');
const namesOf = (route: string) => [...route.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
const withIds = Object.keys(EVERY_ROUTE).filter((route) => route.includes(':'));
const ofYears = withIds.filter(isOfYear);

/** A path that begins with the sender's own year, and ends in something of the other. */
const OF_ANOTHER_YEAR: Readonly<Record<string, (office: Office) => string>> = {
  code: ({ other }) => other.channel,
  kiosk: ({ other }) => other.kiosk,
  measure: ({ other }) => other.measure,
  device: ({ other }) => other.device,
};

async function answersTo(office: Office, route: string, params: Record<string, string>) {
  const { method, path, json } = requestOf(route, office, params);
  const reply = await office.server.ask(method, path, { json });
  if (reply.headers.get('content-type')?.startsWith('text/html')) return `${reply.status} page`;
  return reply.ok ? 'fine' : problemIn(reply);
}

describe('an id that nobody has', () => {
  test('is not there, however it is written', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of withIds)
      for (const name of namesOf(route))
        for (const madeUp of MADE_UP) {
          const answer = await answersTo(office, route, { [name]: madeUp });
          // A poster's code, and an address that names another thing than the body does, have words of their own.
          const expected = expect.stringMatching(
            /^404 (not-found|channel-unknown|page)$|^410 display-ended$|^400 (channel-mistyped|invalid-request)$/,
          );
          expect([route, madeUp.slice(0, 50), answer]).toEqual([
            route,
            madeUp.slice(0, 50),
            expected,
          ]);
        }
    expect(office.fingerprint()).toBe(before);
  });

  test('gets the same answer as one that somebody deleted', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of ofYears.filter((one) => !one.endsWith('/deletion'))) {
      const deleted = await answersTo(office, route, { id: office.deleted.assessment });
      const madeUp = await answersTo(office, route, { id: numberedUuid(4_711) });
      expect([route, deleted, madeUp]).toEqual([route, '404 not-found', '404 not-found']);
    }
    expect(office.fingerprint()).toBe(before);
  });
});

describe('an id below another year', () => {
  const routes = ofYears.filter((route) => namesOf(route).some((name) => name !== 'id'));

  test('has a case for every kind of thing that lies below a year', () => {
    const names = new Set(routes.flatMap(namesOf).filter((name) => name !== 'id'));
    // An item of the checklist is named alike in every year.
    expect([...names].sort()).toEqual([...Object.keys(OF_ANOTHER_YEAR), 'item'].sort());
  });

  test('is not reached through one’s own year', async () => {
    const office = await createOffice();
    const { server, own, other } = office;
    const seen = async () => {
      const paths = ['', '/channels', '/kiosks', '/measures', '/deliveries', '/oit'];
      const replies = paths.map((path) =>
        server.ask('GET', `/api/v1/assessments/${other.assessment}${path}`),
      );
      return Promise.all((await Promise.all(replies)).map((reply) => reply.text()));
    };
    const before = await seen();
    for (const route of routes)
      for (const name of namesOf(route).filter((one) => one in OF_ANOTHER_YEAR)) {
        const foreign = OF_ANOTHER_YEAR[name]?.(office) ?? '';
        const answer = await answersTo(office, route, { id: own.assessment, [name]: foreign });
        // The id of a measure is the sender's to choose; the body names another one here.
        const expected =
          route.includes('measure') && route.startsWith('PUT')
            ? '400 invalid-request'
            : '404 not-found';
        expect([route, answer]).toEqual([route, expected]);
      }
    const path = `/api/v1/assessments/${own.assessment}/measures`;
    const { json } = requestOf('PUT /api/v1/assessments/:id/measures/:measure', office);
    const sameId = { ...json, id: other.measure };
    expect((await server.ask('PUT', `${path}/${other.measure}`, { json: sameId })).status).toBe(
      200,
    );
    expect(await seen()).toEqual(before);
  });
});

test('nobody ends another’s session, nor names or removes another’s passkey', async () => {
  const office = await createOffice();
  const { server, cookies, ids } = office;
  const moment = new Date(server.clock.now).toISOString();
  const columns =
    'id, name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp"';
  server.handle
    .prepare(
      `insert into passkey (${columns}, "createdAt") values ('one', 'mine', 'k', ?, 'c', 0, 'd', 0, ?)`,
    )
    .run(ids.viewer, moment);
  const [session] = await server.storage.listSessions(ids.viewer, server.clock.now);
  for (const role of ['admin', 'auditor', 'owner'] as const) {
    const headers = { cookie: cookies[role] };
    for (const [method, path, json] of [
      ['DELETE', `/api/v1/account/sessions/${session?.id}`, undefined],
      ['DELETE', '/api/v1/account/passkeys/one', undefined],
      ['PATCH', '/api/v1/account/passkeys/one', { name: 'theirs' }],
    ] as const) {
      const answer = await problemIn(await server.ask(method, path, { json, headers }));
      expect([role, path, answer]).toEqual([role, path, '404 not-found']);
    }
  }
  const mine = await server.ask('GET', '/api/v1/account', { headers: { cookie: cookies.viewer } });
  expect(await mine.json()).toMatchObject({
    passkeys: [{ id: 'one', name: 'mine' }],
    sessions: [{ id: session?.id }],
  });
});
