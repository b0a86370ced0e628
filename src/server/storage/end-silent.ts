import { connect, Socket } from 'node:net';
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

/** Where the other side of a connection was found; a name may lead elsewhere by now, or nowhere. */
interface Peer {
  host: string;
  port: number;
  /** Since when nobody answers there; null: somebody does, as far as is known. */
  goneSince: number | null;
}

/** Null for a socket of this machine: of that the system knows who is there. */
function peerOf({ connection: { stream } }: PoolClient): Peer | null {
  if (!(stream instanceof Socket)) return null;
  const { remoteAddress: host, remotePort: port } = stream;
  return host && port ? { host, port, goneSince: null } : null;
}

/** Whether somebody answers at an address within `limitMs`, be it by hanging up; over a connection of its own. Never rejects. */
async function isAnybodyThere({ host, port }: Peer, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    let isAccepted = false;
    function end(isThere: boolean) {
      socket.destroy();
      resolve(isThere);
    }
    socket.on('connect', () => {
      isAccepted = true;
      socket.write(ANYBODY_THERE);
    });
    socket.on('data', () => end(true));
    socket.on('timeout', () => end(false));
    // What wants TLS at once says nothing to a letter that is none.
    for (const over of ['error', 'close']) socket.on(over, () => end(isAccepted));
  });
}

/**
 * Ends the connections of a pool whose PostgreSQL has vanished without a word (its machine, or the network between): what was asked of it
 * rejects, and whoever asks next has a new connection, or an error, soon. The system itself would wait for a quarter of an hour. Work that takes
 * long and a commit that waits for a standby are silent too, so silence alone ends nothing: only where nobody answers a new
 * connection either, for a while.
 */
export function endSilent(pool: Pool, { quietMs, goneMs, lookMs }: SilencePatience): void {
  const peers = new Map<string, Peer>();
  const all = new Map<PoolClient, Peer | null>();
  /** Those in use, by when anything came last. */
  const heardAt = new Map<PoolClient, number>();
  let timer: NodeJS.Timeout | null = null;
  let isAsking = false;

  const hear = (client: PoolClient) => void heardAt.set(client, performance.now());

  /** What is known of a peer is the same for all that lead to it. */
  function meet(client: PoolClient): Peer | null {
    const found = peerOf(client);
    if (!found) return null;
    const name = `${found.host} ${found.port}`;
    const peer = peers.get(name) ?? found;
    peers.set(name, peer);
    return peer;
  }

  function endAll(peer: Peer, since: number) {
    for (const [client, itsPeer] of all)
      if (itsPeer === peer && (heardAt.get(client) ?? since) <= since)
        client.connection.stream.destroy();
    peer.goneSince = null;
  }

  async function ask(peer: Peer, silent: readonly PoolClient[]) {
    const asked = performance.now();
    const { goneSince } = peer;
    if (await isAnybodyThere(peer, goneMs / 2)) {
      peer.goneSince = null;
      for (const client of silent) if (heardAt.has(client)) hear(client);
      return;
    }
    // Once is not enough, however long it took: it may be this process that was held up, and the answer has come.
    if (goneSince === null) peer.goneSince = asked;
    else if (performance.now() - goneSince >= goneMs) endAll(peer, goneSince);
  }

  async function look() {
    if (heardAt.size === 0) {
      if (timer) clearInterval(timer);
      timer = null;
    }
    const latest = performance.now() - quietMs;
    const silent = [...heardAt].flatMap(([client, heard]) => (heard <= latest ? [client] : []));
    const silentOf = Map.groupBy(silent, (client) => all.get(client));
    for (const peer of peers.values()) if (!silentOf.has(peer)) peer.goneSince = null;
    if (isAsking) return;
    isAsking = true;
    await Promise.all([...silentOf].map(async ([peer, its]) => peer && ask(peer, its)));
    isAsking = false;
  }

  pool.on('connect', (client) => {
    all.set(client, meet(client));
    client.connection.stream.on('data', () => heardAt.has(client) && hear(client));
  });
  pool.on('acquire', (client) => {
    hear(client);
    timer ??= setInterval(() => void look(), lookMs).unref();
  });
  pool.on('release', (_error, client) => heardAt.delete(client));
  pool.on('remove', (client) => all.delete(client));
}
