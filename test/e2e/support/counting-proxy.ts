import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One answer, in bytes as they travelled: what it carried, compressed as it was, and what stood above. */
interface Transfer {
  path: string;
  bodyBytes: number;
  headBytes: number;
}

/** Stands between browsers and a server, changes nothing and counts what passes. */
export class CountingProxy {
  readonly transfers: Transfer[] = [];
  /** What was asked for, whether there is an answer yet or not. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #url = '';

  private constructor(target: string) {
    const { port } = new URL(target);
    this.#server = createServer((asked, answer) => {
      const { url = '', method, headers } = asked;
      this.asked.push(url);
      const forwarded = request(
        { host: '127.0.0.1', port, path: url, method, headers },
        (reply) => {
          const { statusCode = 0, statusMessage = '', rawHeaders } = reply;
          // Each line of the head ends in two bytes; a name and its value have two between them.
          const headBytes = `HTTP/1.1 ${statusCode} ${statusMessage}`.length + 4;
          const transfer: Transfer = {
            path: url,
            bodyBytes: 0,
            headBytes: rawHeaders.reduce((sum, text) => sum + text.length + 2, headBytes),
          };
          this.transfers.push(transfer);
          answer.writeHead(statusCode, rawHeaders);
          reply.on('data', (chunk: Buffer) => (transfer.bodyBytes += chunk.length));
          reply.pipe(answer);
        },
      );
      forwarded.on('error', () => answer.destroy());
      asked.pipe(forwarded);
    });
  }

  static async before(target: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    proxy.#url = `http://localhost:${(proxy.#server.address() as AddressInfo).port}`;
    return proxy;
  }

  /** Where browsers find the server by it. */
  get url(): string {
    return this.#url;
  }

  get paths(): string[] {
    return this.transfers.map(({ path }) => path);
  }

  /** Of all that passed so far. */
  get bodyBytes(): number {
    return this.transfers.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
  }

  get headBytes(): number {
    return this.transfers.reduce((sum, { headBytes }) => sum + headBytes, 0);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
