// Requests that are read in two ways, by real sockets: what one reader takes for a body, another takes for a request.
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { sendRaw, startOffice, statusesIn } from './support/running-office.ts';

const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: office\r\n\r\n';
const POST = 'POST /api/v1/batches HTTP/1.1\r\nHost: office\r\n';
const GET = 'GET /healthz HTTP/1.1\r\nHost: office\r\n';

/** What no reader may guess the meaning of. The connection is closed: nothing behind it is read. */
const AMBIGUOUS = {
  'a length and chunks': `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'two lengths': `${POST}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${SMUGGLED}`,
  'a list of lengths': `${POST}Content-Length: 2, 40\r\n\r\n{}${SMUGGLED}`,
  'a negative length': `${POST}Content-Length: -2\r\n\r\n${SMUGGLED}`,
  'a length with a sign': `${POST}Content-Length: +2\r\n\r\n{}${SMUGGLED}`,
  'a length in other digits': `${POST}Content-Length: 0x2\r\n\r\n{}${SMUGGLED}`,
  'an unknown coding': `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks that are not the last coding': `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a blank before the colon': `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a folded line': `${GET}X-One: two\r\n Transfer-Encoding: chunked\r\n\r\n${SMUGGLED}`,
  'lines without CR': `GET /healthz HTTP/1.1\nHost: office\n\n${SMUGGLED}`,
  'a NUL in a field': `${GET}X-One: t\0wo\r\n\r\n${SMUGGLED}`,
  'a bare CR in a field': `${GET}X-One: t\rwo\r\n\r\n${SMUGGLED}`,
  'a chunk with a wrong length': `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
  'no host': 'GET /healthz HTTP/1.1\r\n\r\n',
  'another protocol': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a head that is too long': `${GET}X-One: ${'a'.repeat(20_000)}\r\n\r\n`,
  'very many fields': `${GET}${'a: b\r\n'.repeat(5_000)}\r\n`,
  'a chunk with a long extension': `${POST}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
};

describe('a request', () => {
  test.each(Object.entries(AMBIGUOUS))(
    'with %s is refused, and nothing behind it is read',
    async (_, text) => {
      const { port, errors } = await startOffice();
      const told = await sendRaw(port, text, 2);
      const [status = 0] = statusesIn(told);
      expect(statusesIn(told)).toHaveLength(1);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(told).not.toContain('smuggled');
      expect(errors).toEqual([]);
    },
  );

  test('of a method that is none of ours, or to a proxy, does nothing', async () => {
    const { port } = await startOffice();
    for (const method of ['TRACE', 'TRACK', 'OPTIONS', 'PROPFIND', 'PURGE', 'DEBUG']) {
      const head = `${method} /api/v1/session HTTP/1.1\r\nHost: office\r\n`;
      const told = await sendRaw(
        port,
        `${head}Cookie: a=secret\r\nOrigin: https://evil.example\r\n\r\n`,
      );
      expect([400, 404]).toContain(statusesIn(told)[0]);
      expect(told).not.toMatch(/secret|access-control|^allow:/im);
    }
    const told = await sendRaw(
      port,
      'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    );
    expect(told).toBe('');
  });

  test('is answered alike whatever host it says it is for, and no link or address has that host', async () => {
    const { port, url } = await startOffice();
    const forms = [
      'GET /api/openapi.json HTTP/1.1\r\nHost: evil.example\r\n',
      'GET http://evil.example/api/openapi.json HTTP/1.1\r\nHost: office\r\n',
      'GET /api/openapi.json HTTP/1.1\r\nHost: office\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\nForwarded: host=evil.example\r\nX-Original-URL: /evil\r\nX-Rewrite-URL: /evil\r\n',
    ];
    for (const form of forms) {
      const told = await sendRaw(port, `${form}Connection: close\r\n\r\n`, 2);
      expect(statusesIn(told)).toEqual([200]);
      expect(told).toContain(`"servers":[{"url":"${url}"}]`);
      expect(told).not.toMatch(/evil|gopher|^location:/im);
    }
  });

  test.each([
    '/s/%0d%0aSet-Cookie:%20a=b',
    '/s/a%0aLocation:%20https:%2f%2fevil.example',
    '/%0d%0aSet-Cookie:a=b',
    '/admin/%E5%98%8D%E5%98%8ASet-Cookie:a=b',
    '/api/v1/channels/%0d%0aSet-Cookie:a=b',
    '/api/v1/set-up?token=%0d%0aSet-Cookie:a=b',
    '//evil.example/',
    '//evil.example/%2e%2e',
    '/\\evil.example/',
    '/admin/..//evil.example',
    '/admin?next=https://evil.example',
  ])('to %s splits no answer and leads nowhere', async (path) => {
    const { port } = await startOffice();
    const told = await sendRaw(
      port,
      `GET ${path} HTTP/1.1\r\nHost: office\r\nConnection: close\r\n\r\n`,
      2,
    );
    const [head = ''] = told.split('\r\n\r\n');
    expect(statusesIn(head)).toHaveLength(1);
    expect(statusesIn(head)[0]).not.toBeGreaterThan(410);
    expect(head).not.toMatch(/^(set-cookie|location|refresh):/im);
    expect(head).not.toContain('evil');
  });
});

describe('a path', () => {
  const CLIMBING = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/....//....//secret.txt',
    '/assets/survey.js/../../../secret.txt',
    '/assets/survey.js%00.txt',
    '/%00/../secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/..;/secret.txt',
    '/file:///etc/passwd',
    '/data/sucharit.db',
    '/data/session-secret',
    '/assets/',
    '/assets',
    '/.git/config',
    '/package.json',
    '/src/server/main.ts',
    '/node_modules/hono/package.json',
  ];

  test('that climbs out of the build leads to nothing, however it is written', async () => {
    const { port, errors } = await startOffice();
    for (const path of CLIMBING) {
      const head = `GET ${path} HTTP/1.1\r\nHost: office\r\nConnection: close\r\n`;
      const told = await sendRaw(port, `${head}\r\n`, 2);
      expect([path, [400, 404].includes(statusesIn(told)[0] ?? 0)]).toEqual([path, true]);
      expect(told).not.toMatch(/beside the build|SQLite format|root:|Index of/);
    }
    expect(errors).toEqual([]);
  });

  test('of the build is a file all the same', async () => {
    const { url } = await startOffice();
    expect(await (await fetch(`${url}/assets/survey.js`)).text()).toBe('survey');
  });
});

describe('a body', () => {
  test('that never ends is refused when it is too long, and no more of it is read', async () => {
    const { port } = await startOffice();
    const sent = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/api/v1/batches',
      headers: { 'transfer-encoding': 'chunked' },
    });
    sent.on('error', () => undefined);
    const answered = new Promise<number | undefined>((resolve) => {
      sent.once('response', ({ statusCode }) => resolve(statusCode));
    });
    let written = 0;
    const piece = Buffer.alloc(64 * 1024, 0x20);
    const pour = setInterval(() => {
      written += piece.length;
      sent.write(piece);
    }, 1);
    expect(await answered).toBe(413);
    clearInterval(pour);
    sent.destroy();
    expect(written).toBeGreaterThan(512 * 1024);
  });

  test('that says it is huge is refused before it is sent', async () => {
    const { port } = await startOffice();
    // Waits until the connection is closed: nothing that follows is taken for a request.
    const told = await sendRaw(port, `${POST}Content-Length: 99999999999\r\n\r\n{${SMUGGLED}`, 2);
    expect(statusesIn(told)).toEqual([413]);
  });
});
