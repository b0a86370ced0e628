import type { Pool, PoolClient } from 'pg';

/** postgres://name:password@, what stands between, and the rest. */
const PARTS = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/;

/**
 * The address of each server that a DATABASE_URL names: one, or several with a comma between them, of which one is the primary and the
 * others are its standbys (as libpq has it).
 */
export function serversIn(databaseUrl: string): string[] {
  const [, before = '', hosts = '', after = ''] = PARTS.exec(databaseUrl) ?? [];
  return hosts.split(',').map((host) => `${before}${host}${after}`);
}

/** A standby that nobody has promoted: it takes no answers. */
class StillStandby extends Error {
  readonly code = '25006';

  constructor() {
    super('the server is a standby');
    this.name = 'StillStandby';
  }
}

/** For a pool's option of the same name: a new connection is good if its server takes answers. */
export function verify(client: PoolClient, done: (error?: Error) => void): void {
  client.query<{ standby: boolean }>(
    'select pg_is_in_recovery() as standby',
    (error: Error | null, result) =>
      done(error ?? (result.rows[0]?.standby ? new StillStandby() : undefined)),
  );
}

/**
 * A pool of connections to whichever of the servers takes answers: the one of the last time, and where that gives none, the next.
 * Rejects where none does, with what the first said.
 */
export function firstThatTakes(pools: readonly Pool[]) {
  let current = 0;
  return {
    options: {},
    async connect(): Promise<PoolClient> {
      const failures: unknown[] = [];
      for (const [turn] of pools.entries()) {
        const place = (current + turn) % pools.length;
        try {
          const client = await pools[place]?.connect();
          if (!client) break;
          current = place;
          return client;
        } catch (error) {
          failures.push(error);
        }
      }
      throw failures[0];
    },
    async end(): Promise<void> {
      await Promise.all(pools.map(async (pool) => pool.end()));
    },
  };
}
