import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands on the way to a server, whatever is spoken there, and counts each byte that comes from it. */
export class CountingRelay {
  bytes = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(target: number) {
    this.#server = createServer((browser) => {
      const server = connect(target, '127.0.0.1');
      for (const [socket, other] of [
        [browser, server],
        [server, browser],
      ] as const) {
        this.#open.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => this.#open.delete(socket));
        socket.pipe(other);
      }
      server.on('data', (chunk: Buffer) => (this.bytes += chunk.length));
    });
  }

  /** `target`: the server's port on this machine. */
  static async at(port: number, target: number): Promise<CountingRelay> {
    const relay = new CountingRelay(target);
    relay.#server.listen(port);
    await once(relay.#server, 'listening');
    return relay;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }
}
