// What every answer carries, whatever it answers: so that no browser takes it for something else, keeps it, or shows it in
// another site's frame.
import { describe, expect, test } from 'vitest';
import { problemIn } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice } from './support/office.ts';
import { startOffice } from './support/running-office.ts';

const HEADERS: readonly (readonly [string, RegExp])[] = [
  ['content-security-policy', /default-src 'none';.*base-uri 'none'.*frame-ancestors 'none'/],
  ['content-security-policy', /script-src 'self';/],
  ['x-content-type-options', /^nosniff$/],
  ['referrer-policy', /^no-referrer$/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-origin$/],
  ['permissions-policy', /geolocation=\(\)/],
];

const KNOWN_TYPES =
  /^(none|application\/(problem\+)?json|text\/event-stream|text\/(html|csv); charset=utf-8)$/i;

function expectSafe(what: string, { headers }: Response) {
  for (const [name, pattern] of HEADERS)
    expect([what, name, headers.get(name)]).toEqual([what, name, expect.stringMatching(pattern)]);
  // The one address that leads on, to the same page in a language of ours.
  expect([what, headers.get('location') ?? '/privacy/th.html']).toEqual([
    what,
    expect.stringMatching(/^\/privacy\/(th|en|zh|my)\.html$/),
  ]);
  const policy = headers.get('content-security-policy') ?? '';
  expect([what, policy]).toEqual([what, expect.not.stringMatching(/unsafe|\*|https?:|blob:/)]);
  for (const name of ['access-control-allow-origin', 'server', 'x-powered-by'])
    expect([what, name, headers.get(name)]).toEqual([what, name, null]);
}

describe('an answer', () => {
  test('of every route has the security headers, given or refused, and no browser keeps an API’s', async () => {
    const office = await createOffice();
    const { app } = office.server;
    const routes = Object.keys(EVERY_ROUTE).filter((route) => !/\/session$|password$/.test(route));
    for (const route of routes) {
      const { method, path, json } = requestOf(route, office);
      const body = json && JSON.stringify(json);
      const own = { 'sec-fetch-site': 'same-origin', cookie: office.cookies.owner };
      const asked = [own, { cookie: '' }, { ...own, 'sec-fetch-site': 'cross-site' }].map(
        async (headers) => app.request(path, { method, headers, ...(body && { body }) }),
      );
      for (const reply of await Promise.all(asked)) {
        expectSafe(`${route} ${reply.status}`, reply);
        const kept = path.startsWith('/api/') ? /^no-store$/ : /^no-(store|cache)$/;
        expect([route, reply.headers.get('cache-control')]).toEqual([
          route,
          expect.stringMatching(kept),
        ]);
        const type =
          reply.headers.get('content-type') ?? ([204, 302].includes(reply.status) ? 'none' : '');
        expect([route, type]).toEqual([route, expect.stringMatching(KNOWN_TYPES)]);
      }
    }
  });

  test('to what is not there, too often asked, or broken has them too', async () => {
    const { server } = await createOffice();
    const ask = (path: string, init?: RequestInit) => server.app.request(path, init);
    expectSafe('nothing', await ask('/nothing'));
    expectSafe('a page that is not there', await ask('/no', { headers: { accept: 'text/html' } }));
    for (const language of ['//evil.example', 'https://evil.example;q=1', '../../x'])
      expectSafe(
        language,
        await ask('/privacy', { headers: { 'accept-language': language, host: 'evil.example' } }),
      );
    expectSafe('an odd method', await ask('/api/v1/session', { method: 'OPTIONS' }));
    expectSafe('a head', await ask('/admin', { method: 'HEAD' }));
    server.storage.findChannels = () => Promise.reject(new Error('secret words in /srv/app.ts'));
    const broken = await ask('/api/v1/channels/22222222');
    expectSafe('broken', broken);
    expect(await broken.text()).toBe(
      '{"type":"urn:sucharit:problem:internal","title":"internal","status":500,"code":"internal"}',
    );
    let last = await ask('/none');
    for (let request = 0; request < 1_200 && last.status !== 429; request += 1)
      last = await ask('/none');
    expectSafe('too often', last);
    expect(await problemIn(last)).toBe('429 too-many-requests');
  });

  test('of a file of the build has them, and over HTTPS the promise to stay there', async () => {
    const { url } = await startOffice({ publicUrl: 'https://ita.example.go.th' });
    for (const path of [
      '/assets/survey.js',
      '/survey.html',
      '/',
      '/admin',
      '/nothing',
      '/healthz',
    ]) {
      const reply = await fetch(url + path);
      expectSafe(path, reply);
      expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000');
    }
    const same = await fetch(`${url}/survey.html`);
    const etag = same.headers.get('etag') ?? '';
    const unchanged = await fetch(`${url}/survey.html`, { headers: { 'if-none-match': etag } });
    expect(unchanged.status).toBe(304);
    expectSafe('unchanged', unchanged);
  });

  test('over plain HTTP makes no promise that would shut people out', async () => {
    const { url } = await startOffice();
    const reply = await fetch(`${url}/healthz`);
    expect(reply.headers.get('strict-transport-security')).toBeNull();
  });
});

test('a file to save has a name that nobody typed', async () => {
  const office = await createOffice();
  const draft = { th: 'เขต"; filename="evil.html', en: 'a\r\nSet-Cookie: a=b/../../x' };
  const path = `/api/v1/assessments/${office.own.assessment}`;
  const before = await (await office.server.ask('GET', path)).json();
  const { id: _id, life: _life, deletedOn: _deletedOn, ...rest } = before;
  const changed = await office.server.ask('PUT', path, { json: { ...rest, organization: draft } });
  expect(changed.status).toBe(200);
  for (const format of ['csv', 'xlsx', 'json']) {
    const file = await office.server.ask('GET', `${path}/report?language=en&format=${format}`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9.-]+"$/);
    expect(file.headers.getSetCookie()).toEqual([]);
  }
});
