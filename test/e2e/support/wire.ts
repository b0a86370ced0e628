import { createHash, X509Certificate } from 'node:crypto';
import { Caddy } from '../../support/caddy.ts';
import { freePort } from '../../support/free-port.ts';
import { CountingProxy } from './counting-proxy.ts';
import { CountingRelay } from './counting-relay.ts';

/** What a Chromium is started with so that it believes a proxy. It knows those certificates alone that a site sends along. */
export function believing(caddy: Caddy): string {
  const key = new X509Certificate(caddy.intermediate).publicKey;
  const bytes = key.export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(bytes).digest('base64');
  return `--ignore-certificate-errors-spki-list=${fingerprint}`;
}

/** A server behind the proxy of docs/deploy.md, as people reach it; all that comes from there is counted, and what is inside. */
export class Wire {
  readonly caddy: Caddy;
  /** Between the proxy and the server. */
  readonly inside: CountingProxy;
  readonly #relay: CountingRelay;

  private constructor(caddy: Caddy, inside: CountingProxy, relay: CountingRelay) {
    this.caddy = caddy;
    this.inside = inside;
    this.#relay = relay;
  }

  static async before(server: { url: string; publicUrl: string }): Promise<Wire> {
    const inside = await CountingProxy.before(server.url);
    const ports = { http: await freePort(), https: await freePort() };
    const caddy = await Caddy.start(ports, [new URL(inside.url).host]);
    const relay = await CountingRelay.at(Number(new URL(server.publicUrl).port), ports.https);
    return new Wire(caddy, inside, relay);
  }

  /** All that came so far: handshakes, heads and bodies. */
  get bytes(): number {
    return this.#relay.bytes;
  }

  /** From here on there is no network. */
  cut(): void {
    this.#relay.close();
  }

  async remove(): Promise<void> {
    this.cut();
    await this.caddy.stop();
    this.inside.close();
  }
}
