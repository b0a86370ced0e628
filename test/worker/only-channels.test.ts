import { expect, test } from 'vitest';
import { onlyChannels } from '../../src/worker/only-channels.ts';

const json = { headers: { 'content-type': 'application/json' } };

test.each([
  ['a channel', new Response('{}', json), true],
  ['a problem', new Response('{}', { ...json, status: 404 }), false],
  ['an answer without content', new Response(null, { status: 204 }), false],
  [
    'the page of a captive portal',
    new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    false,
  ],
])('%s is kept for the time without network: %#', async (_, response, isKept) => {
  expect(await onlyChannels.cacheWillUpdate({ response })).toBe(isKept ? response : null);
});
