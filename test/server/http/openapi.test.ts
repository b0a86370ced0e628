import { expect, test } from 'vitest';
import { MAX_PROTOCOL } from '#core/contract/protocol.ts';
import { createTestServer } from '../support/test-server.ts';

/** Not of the API: what a person opens, and the document itself. */
const PAGES = [
  '/',
  '/waiting',
  '/s/:code',
  '/s/:code/form',
  '/s/:code/form/thanks',
  '/assets/:name',
  '/privacy',
  '/kiosk',
  '/admin',
  '/admin/*',
  '/display',
  '/api/openapi.json',
];

test('the OpenAPI document has every route that is registered, and no other', async () => {
  const { app } = await createTestServer();
  const document = await (await app.request('/api/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  const described = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const registered = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !(method === 'GET' && PAGES.includes(path)))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(described.length).toBeGreaterThan(15);
  expect(new Set(described)).toEqual(new Set(registered));
});

test('the OpenAPI document describes a batch with the limits that are checked', async () => {
  const { app } = await createTestServer();
  const { paths } = await (await app.request('/api/openapi.json')).json();
  const { requestBody, responses, security } = paths['/api/v1/batches'].post;
  const { envelopes } = requestBody.content['application/json'].schema.properties;
  expect(envelopes).toMatchObject({ type: 'array', minItems: 1, maxItems: 100 });
  const { protocol } = envelopes.items.properties;
  expect(protocol).toMatchObject({ type: 'integer', minimum: 1, maximum: MAX_PROTOCOL });
  expect(envelopes.items.properties.id).toMatchObject({ type: 'string', format: 'uuid' });
  const { epoch, results } = responses['200'].content['application/json'].schema.properties;
  expect(epoch).toMatchObject({ type: 'string', format: 'uuid' });
  expect(results.type).toBe('array');
  expect(responses.default.description).toContain('too-many-envelopes');
  expect(security).toBeUndefined();
  expect(paths['/api/v1/assessments'].post.security).toEqual([{ session: [] }]);
});

test('the OpenAPI document describes what the plain form sends', async () => {
  const { app } = await createTestServer();
  const { paths } = await (await app.request('/api/openapi.json')).json();
  const { requestBody, parameters } = paths['/s/{code}/form'].post;
  expect(parameters).toMatchObject([{ name: 'code', in: 'path' }]);
  const { schema } = requestBody.content['application/x-www-form-urlencoded'];
  expect(schema).toMatchObject({
    required: ['id', 'lang'],
    properties: { code: { maxLength: 64 } },
    additionalProperties: { pattern: String.raw`^\d{0,3}$` },
  });
});

test('the OpenAPI document tells of every file which kind it is', async () => {
  const { ask, signIn, createAssessment } = await createTestServer();
  await signIn();
  const { assessment } = await createAssessment();
  const { paths } = await (await ask('GET', '/api/openapi.json')).json();
  const of = `/api/v1/assessments/${assessment.id}`;
  const instrument = assessment.instruments[0];
  for (const file of [
    '/api/v1/roll-up/export?language=th',
    '/api/v1/audit/export',
    ...['json', 'csv', 'xlsx'].map((format) => `${of}/report?language=th&format=${format}`),
    ...['json', 'csv'].map((format) => `${of}/responses?instrument=${instrument}&format=${format}`),
  ]) {
    const reply = await ask('GET', file);
    expect(reply.status).toBe(200);
    const [path = ''] = file.replace(assessment.id, '{id}').split('?');
    const [type] = reply.headers.get('content-type')?.split(';') ?? [];
    expect([path, Object.keys(paths[path].get.responses['200'].content)]).toEqual([
      path,
      expect.arrayContaining([type]),
    ]);
  }
});
