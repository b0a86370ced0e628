// The proxy of docs/deploy/Caddyfile, as its own process with an authority of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const CADDYFILE = join(import.meta.dirname, '../../docs/deploy/Caddyfile');

/** Where Debian's package is unpacked: installed, it would be a service of this machine that takes its ports. */
const UNPACKED = join(tmpdir(), 'sucharit-caddy');

const START_LIMIT_MS = 20_000;

function unpackCaddy(): string {
  const program = join(UNPACKED, 'usr/bin/caddy');
  if (existsSync(program)) return program;
  if (!existsSync('/usr/bin/apt-get'))
    throw new Error(
      'The tests of the proxy need Caddy: install it, or name its path in CADDY_PATH.',
    );
  mkdirSync(UNPACKED, { recursive: true });
  const download = () =>
    execFileSync('apt-get', ['download', '-qq', 'caddy'], { cwd: UNPACKED, stdio: 'ignore' });
  try {
    download();
  } catch {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    download();
  }
  const archive = readdirSync(UNPACKED).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get brought no package of Caddy');
  execFileSync('dpkg', ['--extract', join(UNPACKED, archive), UNPACKED]);
  return program;
}

/** The machine's own, or that of Debian's package. Throws with a sentence that says the mend: nothing is skipped. */
export function findCaddy(): string {
  const named = process.env['CADDY_PATH'];
  if (named) return named;
  return existsSync('/usr/bin/caddy') ? '/usr/bin/caddy' : unpackCaddy();
}

export class Caddy {
  readonly url: string;
  readonly httpUrl: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(folder: string, child: ChildProcess, ports: { http: number; https: number }) {
    this.#folder = folder;
    this.#child = child;
    this.url = `https://localhost:${ports.https}`;
    this.httpUrl = `http://localhost:${ports.http}`;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
  }

  /** Starts it as the file says, but for the ports, in front of servers (`127.0.0.1:8080`); resolves when it takes connections. */
  static async start(
    ports: { http: number; https: number },
    upstreams: readonly string[],
  ): Promise<Caddy> {
    const folder = mkdtempSync(join(tmpdir(), 'sucharit-proxy-'));
    const child = spawn(findCaddy(), ['run', '--adapter', 'caddyfile', '--config', CADDYFILE], {
      env: {
        ...process.env,
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
        CADDY_ADMIN: 'off',
        HTTP_PORT: String(ports.http),
        HTTPS_PORT: String(ports.https),
        SITE_ADDRESS: 'localhost',
        UPSTREAMS: upstreams.join(' '),
        UPSTREAM_CHECK: upstreams.length > 1 ? 'health_uri /readyz' : '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const caddy = new Caddy(folder, child, ports);
    const patience = performance.now() + START_LIMIT_MS;
    while (!caddy.#output.includes('certificate obtained successfully')) {
      if (child.exitCode !== null || performance.now() > patience)
        throw new Error(`Caddy did not start:\n${caddy.#output}`);
      await pause(20);
    }
    return caddy;
  }

  /** The certificate of its authority, PEM: what a machine is made to trust. */
  get authority(): string {
    return this.#certificate('root');
  }

  /** The one that the authority signed and that signs the site's, PEM; the proxy sends it along. */
  get intermediate(): string {
    return this.#certificate('intermediate');
  }

  #certificate(name: string): string {
    return readFileSync(join(this.#folder, `caddy/pki/authorities/local/${name}.crt`), 'utf8');
  }

  /** What it logged since it started. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      // It waits for open connections; nobody is interested in them any more.
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
