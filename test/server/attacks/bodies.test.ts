// Bodies that are no message but an attack on whoever reads them.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_BATCH_BYTES } from '#core/contract/protocol.ts';
import { problemIn } from '../support/test-server.ts';
import { EVERY_ROUTE, requestOf } from './support/every-route.ts';
import { createOffice, type Office } from './support/office.ts';

const routes = Object.keys(EVERY_ROUTE).filter((route) => EVERY_ROUTE[route]?.body);

/**
 * Takes more than it reads, and drops it: what a browser says of a passkey has fields of its maker's, and in the weights, which
 * are named by their sub-indicators, only `__proto__` is no name.
 */
const TAKES_MORE = ['POST /api/v1/session/passkey', 'PUT /api/v1/assessments/:id/oit/weights'];

/** A batch is answered envelope by envelope. */
async function judgement(reply: Response): Promise<string> {
  const { results } = await reply.json();
  return `200 ${results[0].result}`;
}

const NESTED = 100_000;
const MANY_KEYS = 30_000;

/** Valid bodies with something in them that does not belong there; each as text, as `__proto__` is no key of a literal. */
const withExtra = (key: string, value: string) => (json: object) =>
  `${JSON.stringify(json).slice(0, -1)}${Object.keys(json).length > 0 ? ',' : ''}${JSON.stringify(key)}:${value}}`;

const FOREIGN_KEYS: Readonly<Record<string, (json: object) => string>> = {
  'a right': withExtra('isOwner', 'true'),
  'an id': withExtra('organization_id', '1'),
  'a prototype': withExtra('__proto__', '{"isOwner":true}'),
  'a constructor': withExtra('constructor', '{"prototype":{"isOwner":true}}'),
};

const HOSTILE: Readonly<Record<string, (json: object) => BodyInit>> = {
  'an array nested deeply': () => '['.repeat(NESTED) + ']'.repeat(NESTED),
  'an object nested deeply': () => '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000),
  'a field nested deeply': (json) =>
    withExtra(Object.keys(json)[0] ?? 'a', '['.repeat(NESTED) + ']'.repeat(NESTED))(json),
  'very many keys': () =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: MANY_KEYS }, (_, key) => [`k${key}`, 1])),
    ),
  'a number that is none': () => '1e999999',
  nothing: () => '',
  null: () => 'null',
  'a text': () => '"owner"',
  'an array': () => '[]',
  'half of it': (json) => JSON.stringify(json).slice(0, -1),
  'two of it': (json) => JSON.stringify(json).repeat(2),
  'bytes that are no UTF-8': () => new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  'it compressed': (json) => new Uint8Array(gzipSync(JSON.stringify(json))),
  'a compressed bomb': () => new Uint8Array(gzipSync(Buffer.alloc(20_000_000, 0x20))),
  'a form': () => new URLSearchParams({ role: 'owner' }).toString(),
  'XML with an entity': () =>
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  'more than is read': () => ' '.repeat(MAX_BATCH_BYTES + 1),
};

async function send(office: Office, route: string, body: BodyInit) {
  const { method, path } = requestOf(route, office);
  return office.server.ask(method, path, {
    body,
    headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
  });
}

describe('a body', () => {
  test('with a key that was not asked for is refused whole by every route', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of routes.filter((one) => !TAKES_MORE.includes(one)))
      for (const [what, change] of Object.entries(FOREIGN_KEYS)) {
        const { json = {} } = requestOf(route, office);
        const reply = await send(office, route, change(json));
        const answer = reply.ok ? 'fine' : await problemIn(reply);
        expect([route, what, answer]).toEqual([route, what, '400 invalid-request']);
      }
    expect(office.fingerprint()).toBe(before);
    expect(Object.prototype).not.toHaveProperty('isOwner');
  });

  test('whose names are free has no prototype among them', async () => {
    const office = await createOffice();
    const route = 'PUT /api/v1/assessments/:id/oit/weights';
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const reply = await send(office, route, `{${JSON.stringify(key)}:{"1.1":1}}`);
      const answer = reply.ok ? await reply.text() : await problemIn(reply);
      expect(answer).toBe(key === '__proto__' ? '{}' : '400 invalid-request');
    }
    const path = `/api/v1/assessments/${office.own.assessment}/oit`;
    const { checklist } = await (await office.server.ask('GET', path)).json();
    expect(checklist.weights).toEqual({});
    expect(Object.prototype).not.toHaveProperty('1.1');
  });

  test('that is no message is refused by every route, and none falls over', async () => {
    const office = await createOffice();
    const before = office.fingerprint();
    for (const route of routes)
      for (const [what, make] of Object.entries(HOSTILE)) {
        const { json = {} } = requestOf(route, office);
        const reply = await send(office, route, make(json));
        const answer = reply.ok ? await judgement(reply) : await problemIn(reply);
        const expected = expect.stringMatching(
          /^(200 refused|400 (malformed-json|invalid-request|not-utf8)|413 (body-too-large|too-many-envelopes))$/,
        );
        expect([route, what, answer]).toEqual([route, what, expected]);
      }
    expect(office.fingerprint()).toBe(before);
    expect(office.server.logged.filter(({ message }) => message !== 'request')).toEqual([]);
  });

  test('in the place of text gets text, numbers or nothing, and no route falls over', async () => {
    const office = await createOffice();
    for (const route of routes) {
      const { json = {} } = requestOf(route, office);
      for (const key of Object.keys(json))
        for (const value of [null, true, -1, 1.5, 2 ** 53, {}, [], [{}], '', { $ne: null }]) {
          const reply = await send(office, route, JSON.stringify({ ...json, [key]: value }));
          expect([route, key, value, reply.status >= 500]).toEqual([route, key, value, false]);
        }
    }
  });
});
