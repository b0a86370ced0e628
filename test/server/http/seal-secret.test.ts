import { expect, test } from 'vitest';
import { routesOf } from '#server/http/app.ts';
import type { Route } from '#server/http/route.ts';
import { envelope, IIT, response } from '../support/fixtures.ts';
import { createTestServer, saidBy } from '../support/test-server.ts';

/** What the parameters of an address have to be for an answer. */
const QUERY: Readonly<Record<string, string>> = {
  language: 'th',
  format: 'json',
  instrument: IIT.id,
};

function addressOf({ path, query = {} }: Route, id: string, code: string): string {
  const parameters = Object.keys(query).map((name) => [name, QUERY[name] ?? 'unknown']);
  const place = path.replace(':id', id).replace(':code', code).replace(/:\w+/g, 'unknown');
  return `${place}?${new URLSearchParams(Object.fromEntries(parameters)).toString()}`;
}

test('the secret of the seal leaves the server by no answer and no line of its log', async () => {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);
  await server.resultsOf([envelope(1, code), envelope(1, code, response(IIT, { language: 'my' }))]);
  const { id } = assessment;
  const secret = (await server.storage.findSealSecret(id))?.secret ?? '';
  expect(secret).toMatch(/^[0-9a-f]{64}$/);

  const told: string[] = [];
  const statuses = new Map<string, number>();
  async function listen(method: string, address: string, json?: unknown) {
    const reply = await server.ask(method, address, json === undefined ? {} : { json });
    statuses.set(`${method} ${address.split('?')[0]}`, reply.status);
    told.push(JSON.stringify([...reply.headers]), await saidBy(reply));
  }
  for (const route of routesOf(server.effects, () => Promise.resolve(0)))
    if (route.method === 'GET') await listen('GET', addressOf(route, id, code));
  const path = `/api/v1/assessments/${id}`;
  for (const page of [`/s/${code}`, '/admin', '/api/openapi.json']) await listen('GET', page);
  await listen('POST', `${path}/seal-keys`);
  await listen('POST', `${path}/copies`, { fiscalYear: 2569 });
  await listen('POST', `${path}/set-aside/retry`);
  told.push(JSON.stringify(server.logged));

  // That they were answers and no refusals.
  for (const asked of [
    `GET ${path}`,
    `GET ${path}/seal-key`,
    `GET ${path}/report`,
    `GET ${path}/responses`,
    `GET ${path}/set-aside/export`,
    `GET /api/v1/channels/${code}`,
    'GET /api/v1/audit/export',
    `GET /s/${code}`,
    'GET /api/openapi.json',
  ])
    expect([asked, statuses.get(asked)]).toEqual([asked, 200]);
  expect(statuses.get(`POST ${path}/seal-keys`)).toBe(201);
  expect(statuses.get(`POST ${path}/copies`)).toBe(201);

  const bytes = Buffer.from(secret, 'hex');
  for (const form of [secret, bytes.toString('base64'), bytes.toString('base64url')])
    expect(told.filter((text) => text.includes(form))).toEqual([]);
});
