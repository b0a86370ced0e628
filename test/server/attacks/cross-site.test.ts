// What another site's page makes a browser send. The cookies' SameSite is one hedge; these requests carry the cookie all the
// same, as from a browser that knows nothing of it.
import { describe, expect, test } from 'vitest';
import { EIT, envelope, response } from '../support/fixtures.ts';
import { ORIGIN, problemIn, saidBy } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice, type Office } from './support/office.ts';

const EVIL = 'https://evil.example';

/** What browsers say of where a request comes from, newer ones and older ones. */
const FOREIGN: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: EVIL },
  { 'sec-fetch-site': 'same-site', origin: 'http://sub.office.test' },
  // Of a link or a bookmark: a navigation that changes something was typed by nobody.
  { 'sec-fetch-site': 'none' },
  { origin: EVIL },
  { origin: 'null' },
  { origin: `${ORIGIN}.evil.example` },
  { origin: ORIGIN.replace('//', '//office.test@') + '.evil.example' },
  { origin: `${ORIGIN}:8080` },
  { origin: `${ORIGIN} ${EVIL}` },
  { origin: '', referer: `${ORIGIN}/admin` },
  {},
];

const changing = Object.keys(EVERY_ROUTE).filter((route) => !route.startsWith('GET'));

/** As a form or a script of another site sends it: text, with the cookie. */
async function answersTo(office: Office, route: string, headers: Record<string, string>) {
  const { method, path, json } = requestOf(route, office);
  return office.server.app.request(path, {
    method,
    headers: { cookie: office.cookies.owner, 'content-type': 'text/plain', ...headers },
    ...(json && { body: JSON.stringify(json) }),
  });
}

describe('a change that another site asks for', () => {
  test('is refused by every route, and changes nothing', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of changing.filter((one) => !EVERY_ROUTE[one]?.fromAnywhere))
      for (const headers of FOREIGN) {
        const answer = await problemIn(await answersTo(office, route, headers));
        expect([route, headers, answer]).toEqual([route, headers, '403 cross-site']);
      }
    expect(office.fingerprint()).toBe(before);
  });

  test('is refused to devices’ routes too where the browser says so', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of changing.filter((one) => EVERY_ROUTE[one]?.fromAnywhere))
      for (const site of ['cross-site', 'same-site']) {
        const headers = { 'sec-fetch-site': site, origin: EVIL };
        const answer = await problemIn(await answersTo(office, route, headers));
        expect([route, site, answer]).toEqual([route, site, '403 cross-site']);
      }
    expect(office.fingerprint()).toBe(before);
  });

  test('is no obstacle to a device, which is no page or an older browser', async () => {
    const { server, own } = await createOffice();
    const forms: readonly Record<string, string>[] = [
      {},
      { origin: ORIGIN },
      { origin: 'http://192.0.2.7:8080' },
      { 'sec-fetch-site': 'same-origin', origin: ORIGIN },
      { 'sec-fetch-site': 'none' },
    ];
    for (const [index, headers] of forms.entries())
      expect(
        (await server.sendBatch([envelope(92_000 + index, own.channel, response(EIT))], headers))
          .status,
      ).toBe(200);
  });
});

test('a method that is named in a header, a query or a form is not the request’s', async () => {
  const office = await createOffice();
  const before = office.fingerprint();
  const path = `/api/v1/assessments/${office.own.assessment}/measures/${office.own.measure}`;
  const cookie = office.cookies.owner;
  const names = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  for (const headers of names.map((name) => ({ [name]: 'DELETE' })))
    for (const method of ['GET', 'POST']) {
      const reply = await office.server.ask(method, `${path}?_method=DELETE`, {
        headers: { cookie, ...headers },
        ...(method === 'POST' && { body: '_method=DELETE' }),
      });
      expect(await problemIn(reply)).toBe('404 not-found');
    }
  expect(office.fingerprint()).toBe(before);
});

test('reading changes nothing but the log of exports and the sums, whoever makes a browser read', async () => {
  const office = await createOffice();
  const before = office.fingerprint('but the log and sums');
  for (const route of Object.keys(EVERY_ROUTE).filter((one) => one.startsWith('GET'))) {
    const reply = await answersTo(office, route, FOREIGN[0] ?? {});
    await saidBy(reply);
  }
  expect(office.fingerprint('but the log and sums')).toBe(before);
});
