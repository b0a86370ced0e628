import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_REOFFER_DAYS } from '#core/contract/protocol.ts';
import { sessionSchema } from '#core/contract/account.ts';
import type { Log } from '../http/effects.ts';
import { cryptoRandomness } from '../randomness.ts';
import { startServer } from '../start-server.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { DemoProblem } from './demo-problem.ts';

/** A server of the demo's own, with an admin who is signed in. */
export interface OwnServer {
  url: string;
  account: { name: string; password: string };
  api: ApiClient;
  /** Stops the server and removes its database. */
  remove(): Promise<void>;
}

/**
 * Starts the real server on a free port with a database of its own in the system's temporary folder, and makes its first
 * account through the set-up link, as an admin would.
 *
 * @throws StartProblem where the server cannot start
 */
export async function openOwnServer(log: Log, distFolder: string): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sucharit-demo-'));
  const removeData = () => rm(dataDir, { recursive: true, force: true });
  try {
    const server = await startServer(
      {
        port: 0,
        host: '127.0.0.1',
        dataDir,
        publicUrl: null,
        trustedProxies: [],
        database: { kind: 'sqlite' },
        logLevel: 'error',
        reofferDays: DEFAULT_REOFFER_DAYS,
        // A season comes in a minute, all of it from here.
        floodAbove: 1_000_000_000,
        metrics: null,
        drainSeconds: 0,
      },
      { now: Date.now, randomness: cryptoRandomness, log, distFolder },
    );
    const api = createApiClient(server.url);
    const account = { name: 'admin', password: cryptoRandomness.token() };
    const remove = async () => {
      await server.close();
      await removeData();
    };
    try {
      const token = new URL(server.setUpLink ?? server.url).searchParams.get('token');
      if (token === null) throw new DemoProblem('The new server gave no set-up link.');
      await api.post('/api/v1/set-up', { token, ...account }, sessionSchema);
    } catch (error) {
      await remove();
      throw error;
    }
    return { url: server.url, account, api, remove };
  } catch (error) {
    await removeData();
    throw error;
  }
}
