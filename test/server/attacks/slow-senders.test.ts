// Connections that are held and not used, by real sockets: few of them would else keep everybody out.
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ConnectionLimits, createLimitedServer } from '#server/http/connection-limits.ts';
import { statusesIn } from './support/running-office.ts';

const POST = 'POST /api/v1/batches HTTP/1.1\r\nHost: office\r\n';
const GET = 'GET /healthz HTTP/1.1\r\nHost: office\r\n';

/** Longer than any test: what a test is not about cuts nobody off, also where a machine stands still for a while. */
const LONG = { head: 60_000, request: 60_000, silence: 60_000, look: 50 };

/** Listens with these limits, else long ones; `answer` answers what comes. */
async function listen(
  limits: Partial<ConnectionLimits>,
  answer: (write: (bytes: Buffer) => void) => void = () => undefined,
) {
  const server = createLimitedServer({ ...LONG, ...limits });
  server.on('request', (incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => answer((bytes) => outgoing.end(bytes)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

/** Writes a piece every few milliseconds until the server has had enough; returns what it said. */
function drip(port: number, head: string, piece: string): Promise<string> {
  return new Promise((resolve) => {
    let told = '';
    let dripping: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(head);
      dripping = setInterval(() => socket.write(piece), 20);
    });
    socket.on('data', (bytes) => (told += bytes.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dripping);
      resolve(told);
    });
  });
}

describe('a slow sender', () => {
  test('of a head that never ends is cut off', async () => {
    const { port } = await listen({ head: 150 });
    expect(statusesIn(await drip(port, GET, 'X-One: two\r\n'))).toEqual([408]);
  });

  test('of a body that never ends is cut off', async () => {
    const { port } = await listen({ head: 400, request: 400 });
    expect(statusesIn(await drip(port, `${POST}Content-Length: 100000\r\n\r\n`, ' '))).toEqual([
      408,
    ]);
  });

  test('that says nothing at all is cut off', async () => {
    const { port } = await listen({ silence: 300 });
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => {
      socket.on('close', resolve);
      socket.on('error', () => undefined);
      socket.resume();
    });
    expect(socket.destroyed).toBe(true);
  });

  test('of an answer that nobody takes is cut off', async () => {
    const { port, server } = await listen({ silence: 300 }, (write) =>
      write(Buffer.alloc(64 * 1024 * 1024)),
    );
    const closed = new Promise((resolve) => {
      server.on('connection', (socket) => socket.on('close', resolve));
    });
    const socket = connect(port, '127.0.0.1', () => socket.write(`${GET}\r\n`));
    socket.on('error', () => undefined);
    socket.pause();
    await closed;
    expect(socket.bytesRead).toBeLessThan(64 * 1024 * 1024);
    socket.destroy();
  });
});
