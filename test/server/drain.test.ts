import { createServer, request, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { createDrain } from '#server/http/drain.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { writePages } from './support/write-pages.ts';

/** A whole server on a free port. */
async function start(drainSeconds = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-drain-'));
  writePages(join(folder, 'dist'));
  const told: string[] = [];
  const note = (_fields: object, message: string) => told.push(message);
  const server = await startServer(
    { ...getConfig({}), port: 0, dataDir: join(folder, 'data'), drainSeconds },
    {
      now: Date.now,
      randomness: cryptoRandomness,
      log: { info: note, error: note },
      distFolder: join(folder, 'dist'),
    },
  );
  let closed: Promise<void> | null = null;
  // Once: each time it would give the proxy its time again.
  const close = () => (closed ??= server.close());
  onTestFinished(async () => {
    await close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...server, close, told };
}

/** A request of a device of which half has been sent; `finish` sends the rest and resolves to the reply. */
async function halfSent(url: string) {
  const { hostname, port } = new URL(url);
  const sent = request({
    hostname,
    port,
    method: 'POST',
    path: '/api/v1/batches',
    agent: new Agent({ keepAlive: true }),
  });
  const replied = once(sent, 'response') as Promise<[IncomingMessage]>;
  await new Promise((resolve) => {
    sent.write('{"envelopes":', resolve);
  });
  return {
    async finish() {
      sent.end('[7]}');
      const [reply] = await replied;
      return reply.resume();
    },
  };
}

describe('a server that was asked to end', () => {
  test('lets a running request end, closes its connection, and takes no new one', async () => {
    const server = await start();
    const running = await halfSent(server.url);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    const closed = server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    const reply = await running.finish();
    expect(reply.statusCode).toBe(200);
    expect(reply.headers.connection).toBe('close');
    await closed;
    expect(server.told).toEqual(expect.arrayContaining(['listening', 'draining', 'ended']));
  });

  test('says that it is not ready before it stops answering, where a proxy is given time to notice', async () => {
    // Long enough for four requests also where a machine is busy.
    const server = await start(4);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    async function ask(path: string) {
      const sent = request(`${server.url}${path}`, { agent }).end();
      const [reply] = (await once(sent, 'response')) as [IncomingMessage];
      const text = await reply.setEncoding('utf8').toArray();
      return {
        status: reply.statusCode,
        connection: reply.headers.connection,
        text: text.join(''),
      };
    }
    expect(await ask('/readyz')).toEqual({
      status: 200,
      connection: 'keep-alive',
      text: '{"status":"ready","disk":"enough","database":"takes"}',
    });
    const closed = server.close();
    // Of the kept connection, and of a new one.
    for (let times = 0; times < 2; times += 1)
      expect(await ask('/readyz')).toEqual({
        status: 503,
        connection: 'close',
        text: '{"status":"draining","disk":"enough","database":"takes"}',
      });
    expect(await ask('/healthz')).toMatchObject({ status: 200, connection: 'close' });
    expect(await ask('/')).toMatchObject({ status: 200, connection: 'close' });
    await closed;
    await expect(ask('/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test('does not wait for a stream that never ends', async () => {
    const server = createServer();
    const drain = createDrain(server);
    server.on('request', (_request, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const stream = await fetch(`http://127.0.0.1:${port}`, {
      headers: { accept: 'text/event-stream' },
    });
    const read = stream.text();
    const begun = performance.now();
    drain.begin();
    await drain.close();
    await expect(read).rejects.toThrow('terminated');
    // Far less than running requests are given.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
