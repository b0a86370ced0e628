// Texts on which a pattern that goes back and forth would take minutes: half a megabyte in every place that takes a text.
import { expect, test } from 'vitest';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice } from './support/office.ts';
import { withEachText } from './support/with-each-text.ts';

const LENGTH = 300_000;
/** What goes back and forth over that much needs hours. */
const PATIENCE_MS = 3_000;

/** Milliseconds of the processor since then: a busy machine lets a test wait, but gives it no more to do. */
function workedSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

const filled = (begin: string, piece: string, end: string) =>
  begin + piece.repeat(Math.floor(LENGTH / piece.length)) + end;

const TEXTS = [
  filled('', 'a', '!'),
  filled('', ' ', 'x'),
  filled('', '0', 'x'),
  filled('', 'a.', '!'),
  filled('', '-', ' '),
  filled('https://', 'a-', '!'),
  filled('mailto:', 'a.', '@'),
  filled('tel:', '1', 'x'),
];

test('no text in a body makes a pattern go back and forth', { timeout: 120_000 }, async () => {
  const office = await createOffice();
  for (const route of Object.keys(EVERY_ROUTE).filter((one) => EVERY_ROUTE[one]?.body)) {
    const { method, path, json } = requestOf(route, office);
    for (const [place, body] of withEachText(json))
      for (const text of TEXTS) {
        const begun = process.cpuUsage();
        const hostile = body.replace(/"[^"]*§"/, () => JSON.stringify(text));
        const reply = await office.server.ask(method, path, { body: hostile });
        await reply.arrayBuffer();
        const isQuick = workedSince(begun) < PATIENCE_MS;
        expect([route, place, text.slice(0, 10), isQuick]).toEqual([
          route,
          place,
          text.slice(0, 10),
          true,
        ]);
      }
  }
});

test('no text in an address or a header does', async () => {
  const { server } = await createOffice();
  const headers = ['accept-language', 'accept-encoding', 'cookie', 'if-match', 'origin'];
  // As much as a head may hold, and none that a header cannot.
  const texts = [
    ...TEXTS,
    filled('two_factor=', '.', ';'),
    filled('', ';', 'q=0'),
    filled('', ';q=0.', 'x'),
  ];
  for (const text of texts.map((one) => one.slice(0, 15_000) + one.slice(-10).trim())) {
    const begun = process.cpuUsage();
    for (const name of headers) await server.app.request('/', { headers: { [name]: text } });
    await server.ask('GET', '/api/v1/session', { headers: { cookie: text } });
    const escaped = encodeURIComponent(text);
    for (const path of [
      `/s/${escaped}`,
      `/api/v1/channels/${escaped}`,
      `/api/v1/join?token=${escaped}`,
    ])
      await server.app.request(path);
    for (const name of ['who', 'what', 'assessment', 'from', 'to', 'before'])
      await server.ask('GET', `/api/v1/audit?${name}=${escaped}`);
    expect([text.slice(0, 12), workedSince(begun) < PATIENCE_MS]).toEqual([
      text.slice(0, 12),
      true,
    ]);
  }
});
