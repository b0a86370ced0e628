import { connect } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/** How long nothing comes before it is asked whether anybody is there, how long nobody may answer that, and how often it is looked. */
export interface SilencePatience {
  quietMs: number;
  goneMs: number;
  lookMs: number;
}

export const SILENCE_PATIENCE: SilencePatience = { quietMs: 10_000, goneMs: 10_000, lookMs: 1_000 };

/** What a client asks first of all, whether it may speak TLS: PostgreSQL says a letter to it, however busy, whoever asks. */
const ANYBODY_THERE = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Whether PostgreSQL answers at an address within `limitMs`; over a connection of its own. Never rejects. */
async function isAnybodyThere(host: string, port: number, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    function end(isThere: boolean) {
      socket.destroy();
      resolve(isThere);
    }
    socket.on('connect', () => socket.write(ANYBODY_THERE));
    socket.on('data', () => end(true));
    for (const nothing of ['timeout', 'error', 'close']) socket.on(nothing, () => end(false));
  });
}

/**
 * Ends the connections of a pool whose PostgreSQL has vanished without a word (its machine, or the network between): what was asked of it
 * rejects, and whoever asks next has a new connection, or an error, soon. The system itself would wait for a quarter of an hour. Work that takes
 * long and a commit that waits for a standby are silent too, so silence alone ends nothing: only where nobody answers a new
 * connection either, for a while.
 */
export function endSilent(pool: Pool, { quietMs, goneMs, lookMs }: SilencePatience): void {
  const all = new Set<PoolClient>();
  /** Those in use, by when anything came last. */
  const heardAt = new Map<PoolClient, number>();
  let timer: NodeJS.Timeout | null = null;
  let isAsking = false;
  /** Since when nobody answers; null: somebody does, as far as is known. */
  let goneSince: number | null = null;

  const hear = (client: PoolClient) => void heardAt.set(client, performance.now());

  function endAll(since: number) {
    for (const client of all)
      if ((heardAt.get(client) ?? since) <= since) client.connection.stream.destroy();
    goneSince = null;
  }

  async function ask(silent: readonly PoolClient[], { host, port }: PoolClient) {
    const asked = performance.now();
    if (await isAnybodyThere(host, port, goneMs / 2)) {
      goneSince = null;
      for (const client of silent) if (heardAt.has(client)) hear(client);
      return;
    }
    goneSince ??= asked;
    if (performance.now() - goneSince >= goneMs) endAll(goneSince);
  }

  async function look() {
    if (heardAt.size === 0) {
      if (timer) clearInterval(timer);
      timer = null;
    }
    const latest = performance.now() - quietMs;
    const silent = [...heardAt].flatMap(([client, heard]) => (heard <= latest ? [client] : []));
    if (silent.length === 0) goneSince = null;
    const [one] = silent;
    // Of a socket of this machine the system knows who is there.
    if (!one || isAsking || one.host.startsWith('/')) return;
    isAsking = true;
    await ask(silent, one);
    isAsking = false;
  }

  pool.on('connect', (client) => {
    all.add(client);
    client.connection.stream.on('data', () => heardAt.has(client) && hear(client));
  });
  pool.on('acquire', (client) => {
    hear(client);
    timer ??= setInterval(() => void look(), lookMs).unref();
  });
  pool.on('release', (_error, client) => heardAt.delete(client));
  pool.on('remove', (client) => all.delete(client));
}
