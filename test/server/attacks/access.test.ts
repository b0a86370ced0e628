// Who may use which route: one table for the whole app, written by hand. What the routes say of themselves is not asked.
import { describe, expect, test } from 'vitest';
import { problemIn } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice, ROLES } from './support/office.ts';

const guarded = Object.entries(EVERY_ROUTE).filter(([, { who }]) => who !== 'everybody');

test('every route of the app is in the table of attacks, and the table has no other', async () => {
  const { server } = await createOffice();
  const registered = server.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(EVERY_ROUTE).sort()).toEqual([...new Set(registered)].sort());
});

describe('a route that is not for everybody', () => {
  test('refuses whoever it is not for, and changes nothing', async () => {
    const office = await createOffice();
    const { server, cookies, fingerprint } = office;
    const before = fingerprint();
    for (const [route, { who }] of guarded) {
      const { method, path, json } = requestOf(route, office);
      const answerTo = async (cookie: string) =>
        problemIn(await server.ask(method, path, { json, headers: { cookie } }));
      for (const cookie of ['', 'sucharit.session_token=forged.c2lnbmF0dXJl'])
        expect([route, await answerTo(cookie)]).toEqual([route, '401 not-signed-in']);
      for (const role of ROLES.filter((one) => !who.includes(one)))
        expect([route, role, await answerTo(cookies[role])]).toEqual([
          route,
          role,
          '403 not-allowed',
        ]);
    }
    expect(fingerprint()).toBe(before);
  });

  test('answers whoever it is for', async () => {
    const office = await createOffice();
    const { server, cookies, ids } = office;
    // One's role alone decides here: what ends a session is not to end those of the requests after it.
    const { accounts } = server;
    server.replaceBuild({
      accounts: {
        ...accounts,
        async find(cookie) {
          const role = ROLES.find((one) => cookies[one] === cookie);
          const found = role && (await accounts.find(cookies[role]));
          if (found) return found;
          const somebody = {
            name: `the ${role}`,
            cookies: [],
            session: 'one',
            hasTwoFactor: false,
            branch: 'all',
          };
          return role ? { id: ids[role] || 'the owner', role, ...somebody } : null;
        },
      },
    });
    for (const [route, { who }] of guarded)
      for (const role of ROLES.filter((one) => who.includes(one))) {
        const { method, path, json } = requestOf(route, office);
        const headers = { cookie: cookies[role] };
        const reply = await server.ask(method, path, { json, headers });
        const answer = reply.ok ? 'fine' : await problemIn(reply);
        expect([route, role, answer]).not.toEqual([route, role, '403 not-allowed']);
        expect([route, role, answer]).not.toEqual([route, role, '401 not-signed-in']);
        expect([route, role, answer.startsWith('5')]).toEqual([route, role, false]);
      }
  });
});

test('every case of the table gets the answer that it says, from the owner', async () => {
  const told: string[] = [];
  const expected: string[] = [];
  let office = await createOffice();
  for (const [route, { answer = 'fine' }] of Object.entries(EVERY_ROUTE)) {
    const { method, path, json } = requestOf(route, office);
    const reply = await office.server.ask(method, path, { json });
    const isFine = reply.status < 400;
    told.push(`${route}: ${isFine ? 'fine' : await problemIn(reply)}`);
    expected.push(`${route}: ${answer}`);
    // The owner is signed out.
    const isSpent = /^(DELETE|POST) \/api\/v1\/session$|password$|two-factor\/end$/.test(route);
    if (isSpent && reply.ok) office = await createOffice();
  }
  expect(told).toEqual(expected);
});
