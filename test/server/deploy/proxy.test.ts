import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request as requestHttp,
} from 'node:http';
import { connect } from 'node:http2';
import { request } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { batchReplySchema } from '#core/contract/batch.ts';
import { type Config, getConfig } from '#server/config.ts';
import type { Log } from '#server/http/effects.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { Caddy, CADDYFILE, findCaddy } from '../../support/caddy.ts';
import { freePort } from '../../support/free-port.ts';
import { startPostgres } from '../support/postgres-cluster.ts';
import { ACCOUNT } from '../support/test-server.ts';
import { writePages } from '../support/write-pages.ts';

/** A visitor's address and browser, by which one would find them in a log. */
const VISITOR = { localAddress: '127.0.0.77', browser: 'TellTaleBrowser/1.0' };

let folder: string;
/** In front of one server, as an office has it. */
let caddy: Caddy;
/** In front of two. */
let caddyOfTwo: Caddy;
/** Where servers listen, if they are there; the first is the one that is alone. */
let ports: readonly [number, number];

const twoPorts = async () => ({ http: await freePort(), https: await freePort() });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sucharit-deploy-'));
  writePages(join(folder, 'dist'));
  ports = [await freePort(), await freePort()];
  const upstreams = ports.map((port) => `127.0.0.1:${port}`);
  caddy = await Caddy.start(await twoPorts(), upstreams.slice(0, 1));
  caddyOfTwo = await Caddy.start(await twoPorts(), upstreams);
});

afterAll(async () => {
  await caddy.stop();
  await caddyOfTwo.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A batch of one text of so many letters. */
const sendLarge = async (bytes: number) =>
  ask({ ...BATCH, body: `{"envelopes":["${'a'.repeat(bytes)}"]}` });

/** One of the two servers, on a database of its own unless another is named; it is closed when the test ends. */
async function startAt(
  port: number,
  changes: Partial<Config> = {},
  info: Log['info'] = () => undefined,
) {
  const dataDir = changes.dataDir ?? mkdtempSync(join(folder, 'data-'));
  const server = await startServer(
    { ...getConfig({}), port, publicUrl: caddy.url, ...changes, dataDir },
    {
      now: Date.now,
      randomness: cryptoRandomness,
      log: { info, error: () => undefined },
      distFolder: join(folder, 'dist'),
    },
  );
  let closed: Promise<void> | null = null;
  const close = async () => (closed ??= server.close());
  onTestFinished(close);
  return { ...server, close };
}

interface Question {
  path: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Whose address it comes from. */
  localAddress?: string;
}

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

/** A question through the proxy, whose certificate has to be its authority's; `sent`: when all of it has left. */
function begin(question: Question, proxy = caddy) {
  const {
    path,
    method = 'GET',
    headers,
    body = '',
    localAddress = VISITOR.localAddress,
  } = question;
  const asking = request(proxy.url + path, {
    agent: false,
    ca: proxy.authority,
    localAddress,
    method,
    headers: { 'user-agent': VISITOR.browser, ...headers },
  });
  async function read(): Promise<Answer> {
    const [reply] = (await once(asking, 'response')) as [IncomingMessage];
    const text = (await reply.setEncoding('utf8').toArray()).join('');
    return { status: reply.statusCode, headers: reply.headers, text };
  }
  const begun = { sent: once(asking, 'finish'), answered: read() };
  asking.end(body);
  return begun;
}

const ask = async (question: Question, proxy = caddy) => begin(question, proxy).answered;

const PAGE: Question = { path: '/' };
const BATCH: Question = { path: '/api/v1/batches', method: 'POST', body: '{"envelopes":[7]}' };

/** Something in the place of a server; it goes when the test ends. */
async function stand(answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  await once(server.listen(ports[0], '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
}

/**
 * Until so many servers have answered through the proxy, told apart by their databases' epochs. The proxy asks each second
 * who is ready; before it has noticed the second one, all is answered by the first.
 */
async function untilServersAnswer(count: number, proxy: Caddy): Promise<void> {
  const epochs = new Set<string>();
  while (epochs.size < count) {
    const { status, text } = await ask(BATCH, proxy);
    if (status === 200) epochs.add(batchReplySchema.parse(JSON.parse(text)).epoch);
  }
}

test('the file of the proxy is one that Caddy takes', () => {
  const told = execFileSync(
    findCaddy(),
    ['validate', '--adapter', 'caddyfile', '--config', CADDYFILE],
    {
      env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  expect(told).toContain('Valid configuration');
});

describe('behind the proxy', () => {
  test('the product is on HTTPS alone, with its own headers and nobody else’s', async () => {
    const server = await startAt(ports[0]);
    const page = await ask({ ...PAGE, headers: { 'accept-encoding': 'br' } });
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-encoding': 'br',
      'strict-transport-security': 'max-age=31536000',
      'alt-svc': expect.stringContaining('h3='),
    });
    expect(Object.keys(page.headers)).not.toEqual(expect.arrayContaining(['server']));
    expect(Object.keys(page.headers)).not.toEqual(expect.arrayContaining(['via']));
    const plain = requestHttp(caddy.httpUrl, { headers: { host: 'localhost' } }).end();
    const [redirect] = (await once(plain, 'response')) as [IncomingMessage];
    expect(redirect.resume().statusCode).toBe(308);
    expect(redirect.headers.location).toMatch(/^https:\/\/localhost/);

    const token = new URL(server.setUpLink ?? '').searchParams.get('token');
    const made = await ask({
      path: '/api/v1/set-up',
      method: 'POST',
      headers: { origin: caddy.url },
      body: JSON.stringify({ token, ...ACCOUNT }),
    });
    expect(made.status).toBe(201);
    expect(made.headers['set-cookie']?.[0]).toMatch(/^__Host-.*; Secure; SameSite=Strict$/);
    const cookie = made.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await ask({ path: '/api/v1/session', headers: { cookie } })).status).toBe(200);

    const browser = connect(caddy.url, { ca: caddy.authority });
    const stream = browser.request({ ':path': '/readyz' });
    const [answer] = await once(stream, 'response');
    expect(answer).toMatchObject({ ':status': 200 });
    browser.destroy();
  });

  test('a body that is larger than any of ours goes no further, and the largest of ours does', async () => {
    await startAt(ports[0]);
    expect((await sendLarge(500_000)).status).toBe(200);
    for (const bytes of [600_000, 5_000_000])
      expect(await sendLarge(bytes)).toMatchObject({
        status: 413,
        text: expect.stringContaining('body-too-large'),
      });
  });

  test('the server hears whom it is asked for from the proxy, not from whoever asks', async () => {
    const heard: (string | string[] | undefined)[] = [];
    await stand((asked, reply) => {
      heard.push(asked.headers['x-forwarded-for']);
      reply.end();
    });
    await ask({ ...PAGE, headers: { 'x-forwarded-for': '198.51.100.1' } });
    expect(heard).toEqual([VISITOR.localAddress]);
  });

  test('each visitor has limits of their own, by the address that the proxy tells', async () => {
    await startAt(ports[0]);
    const wrongCode = { path: '/api/v1/channels/22222222', localAddress: '127.0.0.91' };
    const statuses: (number | undefined)[] = [];
    for (let guesses = 0; guesses < 40; guesses += 1) statuses.push((await ask(wrongCode)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
    expect((await ask({ ...wrongCode, localAddress: '127.0.0.92' })).status).toBe(404);
  });

  test('of two servers one ends and starts again, and nobody notices', async () => {
    // Longer than the proxy, on a slow machine, takes to notice: it looks each second.
    const first = await startAt(ports[0], { drainSeconds: 4 });
    await startAt(ports[1]);
    await untilServersAnswer(2, caddyOfTwo);
    const over = new AbortController();
    const refused: (Answer & { path: string })[] = [];
    // Each from an address of its own: one that asked as often as all of them would be told to slow down.
    async function visit(localAddress: string) {
      while (!over.signal.aborted)
        for (const question of [PAGE, BATCH]) {
          const answer = await ask({ ...question, localAddress }, caddyOfTwo);
          if (answer.status !== 200) refused.push({ path: question.path, ...answer });
        }
    }
    const visits = ['127.0.0.81', '127.0.0.82', '127.0.0.83'].map(visit);
    await first.close();
    await startAt(ports[0]);
    over.abort();
    await Promise.all(visits);
    expect(refused).toEqual([]);
  });

  test('two servers on one PostgreSQL are one office, whichever of them somebody is sent to', async () => {
    const cluster = await startPostgres();
    onTestFinished(() => cluster.stop());
    const database = { kind: 'postgres', url: await cluster.newDatabase() } as const;
    // As on one machine: they share the folder, and so the key of the sessions.
    const changes = { database, dataDir: mkdtempSync(join(folder, 'shared-')) };
    /** How many requests each was sent, but for those of the proxy itself. */
    const handled = [0, 0];
    const noteAt = (place: number) => (fields: object, message: string) => {
      if (message !== 'request' || Reflect.get(fields, 'route') === '/readyz') return;
      handled[place] = (handled[place] ?? 0) + 1;
    };
    const { setUpLink } = await startAt(ports[0], changes, noteAt(0));
    await startAt(ports[1], changes, noteAt(1));
    const token = new URL(setUpLink ?? '').searchParams.get('token');

    const headers = { origin: caddyOfTwo.url };
    const send = async (path: string, json: object) =>
      ask({ path, method: 'POST', headers, body: JSON.stringify(json) }, caddyOfTwo);
    /** Asks until each of the two has answered once more; all that was answered meanwhile, each kind once. */
    async function answersOfBoth(asking: () => Promise<Answer>): Promise<(number | undefined)[]> {
      const before = [...handled];
      const statuses = new Set<number | undefined>();
      while (handled.some((count, place) => count === before[place]))
        statuses.add((await asking()).status);
      return [...statuses];
    }

    // Before the proxy has noticed them it refuses.
    await answersOfBoth(() => ask(PAGE, caddyOfTwo));
    const made = await send('/api/v1/set-up', { token, ...ACCOUNT });
    expect(made.status).toBe(201);
    const cookie = made.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const whoAmI = () => ask({ path: '/api/v1/session', headers: { cookie } }, caddyOfTwo);
    expect(await answersOfBoth(whoAmI)).toEqual([200]);

    const wrong = { ...ACCOUNT, password: 'ไม่ใช่รหัสผ่านนี้' };
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await send('/api/v1/session', wrong)).status).toBe(401);
    expect(await answersOfBoth(() => send('/api/v1/session', ACCOUNT))).toEqual([429]);
  });

  test('whoever opens a page while the only server starts anew waits, and gets it', async () => {
    const server = await startAt(ports[0]);
    await server.close();
    const waiting = begin(PAGE);
    // The proxy has it before there is a server.
    await waiting.sent;
    await startAt(ports[0]);
    expect((await waiting.answered).status).toBe(200);
  });

  test('what a server sends bit by bit arrives bit by bit', async () => {
    await stand((_asked, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    const sent = request(`${caddy.url}/live`, { agent: false, ca: caddy.authority }).end();
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    const [chunk] = await once(reply, 'data');
    expect(String(chunk)).toBe('data: 1\n\n');
    sent.destroy();
  });

  test('nothing of a visitor is in its log, also where a server breaks off', async () => {
    await stand((asked, reply) => {
      if (asked.method !== 'POST') reply.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => reply.destroy());
    });
    expect((await ask({ ...BATCH, path: '/s/TELLTALE?code=TELLTALE' })).status).toBe(502);
    await expect(ask({ path: '/s/TELLTALE' })).rejects.toThrow('aborted');
    await expect.poll(() => caddy.output).toContain('"status":502');
    await expect.poll(() => caddy.output).toContain('aborting with incomplete response');
    expect(caddy.output).not.toMatch(/TELLTALE|TellTale/);
    expect(caddy.output).not.toContain(VISITOR.localAddress);
  });
});
