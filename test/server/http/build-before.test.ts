// While several servers are updated one after the other, pages of this build ask those of the build before, and the other way
// round (docs/protocol.md, section 7).
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toJSONSchema } from 'zod';
import type * as z from 'zod/mini';
import { routesOf } from '#server/http/app.ts';
import { openApiPath } from '#server/http/openapi.ts';
import { demandedPaths } from '../support/demanded-paths.ts';
import { createTestServer } from '../support/test-server.ts';

/**
 * What a build that was given out tells in each reply and demands of each body, a line for each. Whoever gives out another one empties
 * the file: this test then writes that of this build.
 */
const RECORD = new URL('./build-before.txt', import.meta.url);

type Messages = Map<string, readonly string[]>;

const places = (schema: z.ZodMiniType, io: 'input' | 'output') =>
  demandedPaths(toJSONSchema(schema, { io }));

/** `io`: of replies, whether what a page demands of one (input), or what a server tells in one (output). */
async function messagesOfThisBuild(io: 'input' | 'output'): Promise<Messages> {
  const { effects } = await createTestServer();
  const messages: Messages = new Map();
  for (const { method, path, body, replies } of routesOf(effects, () => Promise.resolve(0))) {
    if (!path.startsWith('/api/')) continue;
    const name = `${method} ${openApiPath(path)}`;
    if (body) messages.set(`${name} body`, places(body, 'input'));
    for (const [status, reply] of Object.entries(replies))
      if (reply) messages.set(`${name} ${status}`, places(reply, io));
  }
  return messages;
}

async function messagesOfBuildBefore(): Promise<Messages> {
  if (readFileSync(RECORD, 'utf8') === '') {
    const lines = [...(await messagesOfThisBuild('output'))].map(
      ([name, told]) => `${name}: ${told.join(' ')}\n`,
    );
    writeFileSync(RECORD, lines.join(''));
  }
  const lines = readFileSync(RECORD, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', told = ''] = line.split(': ');
      return [name, told.split(' ')];
    }),
  );
}

test('no page demands of a reply, and no server of a body, what the build before does not tell', async () => {
  const before = await messagesOfBuildBefore();
  const missing: string[] = [];
  let compared = 0;
  for (const [name, demanded] of await messagesOfThisBuild('input')) {
    const told = before.get(name);
    // Of a route that is new everything is.
    if (!told) continue;
    compared += 1;
    for (const place of demanded) if (!told.includes(place)) missing.push(`${name}: ${place}`);
  }
  expect(missing).toEqual([]);
  expect(compared).toBeGreaterThan(100);
});
