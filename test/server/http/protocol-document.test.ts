import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEM_STATUS } from '#core/contract/problem.ts';
import { createTestServer } from '../support/test-server.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');

const METHODS = /\b(?:GET|POST|PUT|PATCH|DELETE)\b/g;

const withoutNames = (path: string) => path.replace(/:\w+|\{\w+\}|CODE/g, ':');

/** "`GET`, `PUT /x/:id`" names two routes, and in "`POST /x`, `/y`" the method is that of the path before. */
function routesIn(line: string): string[] {
  const found: string[] = [];
  let methods: string[] = [];
  let isNamed = false;
  for (const [, code = ''] of line.matchAll(/`([^`]+)`/g)) {
    const own = code.match(METHODS) ?? [];
    if (isNamed && own.length > 0) methods = [];
    methods.push(...own);
    const path = /(?:^|\s)(\/[\w\-./:]*)/.exec(code)?.[1];
    isNamed = path !== undefined;
    if (path) found.push(...methods.map((method) => `${method} ${withoutNames(path)}`));
  }
  return found;
}

interface Operation {
  parameters?: readonly { in: string; name: string }[];
}

test('docs/protocol.md names every header field and every parameter that a route reads, and no parameter that none reads', async () => {
  const { app } = await createTestServer();
  const { paths } = await (await app.request('/api/openapi.json')).json();
  const parameters = Object.values<Record<string, Operation>>(paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap((operation) => operation.parameters ?? []);
  const fields = parameters.filter((parameter) => parameter.in === 'header');
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  expect(fields.length).toBeGreaterThan(0);
  expect(asked.length).toBeGreaterThan(0);
  const isNamed = (name: string) => new RegExp(`[\`?&]${name}[\`=:]`, 'i').test(DOCUMENT);
  const names = new Set([...fields, ...asked].map(({ name }) => name));
  expect([...names].filter((name) => !isNamed(name))).toEqual([]);

  const ofTheApi = DOCUMENT.split('\n').filter((line) => line.includes('/api/v1/'));
  const written = ofTheApi.flatMap((line) =>
    [...line.matchAll(/[?&](\w+)=/g)].map(([, name]) => name ?? ''),
  );
  expect(written.filter((name) => !names.has(name))).toEqual([]);
});

test('docs/protocol.md names every route and no other, and every problem under its status', async () => {
  const { app } = await createTestServer();
  const { paths } = await (await app.request('/api/openapi.json')).json();
  const routes = Object.entries<object>(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${withoutNames(path)}`),
  );
  const named = new Set(DOCUMENT.split('\n').flatMap(routesIn));
  expect(routes.filter((route) => !named.has(route))).toEqual([]);
  const ofTheApi = [...named].filter((route) => / \/(?:api\/v1|healthz|readyz)/.test(route));
  expect(ofTheApi.filter((route) => !routes.includes(route))).toEqual([]);

  const rows = DOCUMENT.split('\n').filter((line) => /^\| \d{3} /.test(line));
  /** Those of single envelopes have no row of their own. */
  const statusOf = (code: string) =>
    rows.find((line) => line.includes(`\`${code}\``))?.slice(2, 5) ??
    (DOCUMENT.includes(`\`${code}\``) ? '422' : 'not named');
  const told = Object.keys(PROBLEM_STATUS).map((code) => [code, statusOf(code)]);
  const answered = Object.entries(PROBLEM_STATUS).map(([code, status]) => [code, String(status)]);
  expect(told).toEqual(answered);
});
