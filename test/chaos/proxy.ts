// The way between the devices and the server: a small HTTP proxy that loses, cuts, doubles, delays and invents.
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diceOf } from './dice.ts';
import { faultFor, type Fault, type Pace } from './faults.ts';
import type { Tally } from './tally.ts';

/** In which header a simulated device says which one it is; the real browser sends none. */
export const DEVICE_HEADER = 'x-chaos-device';
export const BROWSER = 'browser';
/** A page of the server's own origin that does nothing. */
export const EMPTY_PAGE = '/chaos';

const DIST = join(import.meta.dirname, '../../dist');
const DROPS = 8;
/** Long enough for half a reply to leave. */
const FLUSH_MS = 5;

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  device: string;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface ProxyOptions {
  seed: number;
  /** Where the server listens at this moment; null while it does not. */
  serverUrl: () => string | null;
  paceOf: (device: string) => Pace;
  tally: Tally;
}

export class FaultyProxy {
  hasFaults = true;
  readonly #options: ProxyOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((incoming, outgoing) => {
    const work = this.#handle(incoming, outgoing).catch(() => void outgoing.destroy());
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  });
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #requestsOf = new Map<string, number>();
  readonly #lastReplyTo = new Map<string, Reply>();
  readonly #sent = new Set<string>();

  constructor(options: ProxyOptions) {
    this.#options = options;
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    return `http://localhost:${address.port}`;
  }

  /** Resolves when nothing is on its way any more, delayed copies included. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    this.#agent.destroy();
    await this.settled();
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    if (incoming.method === 'GET' && !path.startsWith('/api/')) return this.#page(path, outgoing);
    const device = String(incoming.headers[DEVICE_HEADER] ?? BROWSER);
    const { [DEVICE_HEADER]: _, connection: __, host: ___, ...headers } = incoming.headers;
    const body = await bodyOf(incoming);
    const asked = { method: incoming.method ?? 'GET', path, headers, body, device };
    return this.#misuse(asked, this.#throwDice(asked), outgoing);
  }

  /** Pages and scripts come from the build, so that they are there while the server is not. */
  #page(path: string, outgoing: ServerResponse): void {
    if (/^\/assets\/[\w.-]+\.js$/.test(path))
      outgoing.setHeader('content-type', 'text/javascript').end(readFileSync(join(DIST, path)));
    else outgoing.setHeader('content-type', 'text/html').end('<!doctype html><title>-</title>');
  }

  /** Counts the request, and throws the dice of that device for its n-th one. */
  #throwDice(asked: Asked): Fault {
    const { seed, paceOf, tally } = this.#options;
    const { device, path, body } = asked;
    const count = (this.#requestsOf.get(device) ?? 0) + 1;
    this.#requestsOf.set(device, count);
    tally.add('requests');
    if (path.startsWith('/api/v1/batches'))
      for (const [, id = ''] of body.toString().matchAll(/"id":"([0-9a-f-]{36})"/g)) {
        if (this.#sent.has(id)) tally.add('sent again');
        this.#sent.add(id);
      }
    if (!this.hasFaults) return { kind: 'none' };
    const fault = faultFor(diceOf(seed, 'way', device, count), paceOf(device));
    if (fault.kind !== 'none')
      tally.add(`fault: ${fault.kind === 'answered' ? fault.title : fault.kind}`);
    return fault;
  }

  async #misuse(asked: Asked, fault: Fault, outgoing: ServerResponse): Promise<void> {
    switch (fault.kind) {
      case 'dropped before the server':
        return void outgoing.destroy();
      case 'request cut in the middle':
        await this.#forward(asked, { isCut: true });
        return void outgoing.destroy();
      case 'request emptied':
        return answer(outgoing, await this.#forward({ ...asked, body: Buffer.alloc(0) }));
      case 'dropped after the server':
        await this.#forward(asked);
        return void outgoing.destroy();
      case 'reply cut in the middle': {
        const { status, headers, body } = await this.#forward(asked);
        outgoing.writeHead(status, { ...headers, 'content-length': body.length });
        const half = body.subarray(0, Math.floor(body.length / 2));
        outgoing.write(half);
        // Not until the write calls back: where the device hung up meanwhile it never does.
        await pause(FLUSH_MS);
        return void outgoing.destroy();
      }
      case 'doubled at once': {
        const [first, second] = await Promise.all([this.#forward(asked), this.#forward(asked)]);
        return answer(outgoing, first.status === 200 ? first : second);
      }
      case 'doubled later':
        answer(outgoing, await this.#forward(asked));
        await pause(fault.milliseconds);
        await this.#forward(asked);
        return undefined;
      case 'request delayed':
        await pause(fault.milliseconds);
        return answer(outgoing, await this.#forward(asked));
      case 'reply delayed': {
        const reply = await this.#forward(asked);
        await pause(fault.milliseconds);
        return answer(outgoing, reply);
      }
      case 'reply in drops': {
        const { status, headers, body } = await this.#forward(asked);
        outgoing.writeHead(status, headers);
        const size = Math.ceil(body.length / DROPS);
        for (let from = 0; from < body.length; from += size) {
          outgoing.write(body.subarray(from, from + size));
          await pause(10);
        }
        return void outgoing.end();
      }
      case 'stale reply':
        return answer(
          outgoing,
          this.#lastReplyTo.get(asked.device) ?? (await this.#forward(asked)),
        );
      case 'none':
        return answer(outgoing, await this.#forward(asked));
      case 'answered':
        return answer(outgoing, { ...fault, body: Buffer.from(fault.body) });
      default:
        return fault satisfies never;
    }
  }

  /** What the server says; 502 with a page, as proxies do, where there is none. */
  async #forward(asked: Asked, { isCut = false } = {}): Promise<Reply> {
    const reply = await this.#ask(asked, isCut).catch((): Reply => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('<html><body>502 Bad Gateway</body></html>'),
    }));
    if (reply.status !== 200) this.#options.tally.add(`server: ${reply.status}`);
    if (reply.status === 200) this.#lastReplyTo.set(asked.device, reply);
    return reply;
  }

  async #ask({ method, path, headers, body, device }: Asked, isCut: boolean): Promise<Reply> {
    const server = this.#options.serverUrl();
    if (server === null) throw new Error('nobody listens');
    const outgoing = request(new URL(path, server), {
      method,
      agent: this.#agent,
      headers: { ...headers, 'content-length': body.length, 'x-forwarded-for': `10.0.0.${device}` },
    });
    if (isCut) {
      outgoing.on('error', () => undefined);
      outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
      await once(outgoing, 'close');
      throw new Error('cut');
    }
    outgoing.end(body);
    const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
    if (!incoming) throw new Error('no reply');
    const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...rest } = incoming.headers;
    return { status: incoming.statusCode ?? 502, headers: rest, body: await bodyOf(incoming) };
  }
}

function answer(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  outgoing.writeHead(status, { ...headers, 'content-length': body.length });
  outgoing.end(body);
}
