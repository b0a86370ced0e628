import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { assessmentSchema, channelListSchema } from '#core/contract/assessment.ts';
import { batchReplySchema } from '#core/contract/batch.ts';
import { type Config, type DatabaseConfig, getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { DRAFT, envelope, IIT } from '../support/fixtures.ts';
import { writePages } from '../support/write-pages.ts';

export const ACCOUNT = { name: 'somchai', password: 'pla thu na ngo' };

/** Saturday, 21 November 2026, 14:05 in UTC. */
export const NOW = Date.parse('2026-11-21T14:05:00Z');

/** An office's folder with what its server needs, set up as usual but for `changes`; gone when the test ends. */
export function newOffice(changes: Partial<Config> = {}, now: () => number = Date.now) {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-office-'));
  const distFolder = join(folder, 'dist');
  writePages(distFolder);
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);

  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts the server on the office's data, or on another database; it is closed when the test ends. */
  async function start(database: DatabaseConfig = { kind: 'sqlite' }) {
    const errors: string[] = [];
    const server = await startServer(
      { ...getConfig({}), port: 0, ...changes, dataDir, database },
      {
        now,
        randomness: cryptoRandomness,
        log: {
          info: () => undefined,
          error: (_fields, message) => void errors.push(message),
        },
        distFolder,
      },
    );
    // Before the folder goes: hooks run last in, first out.
    onTestFinished(() => server.close());

    const ask = (method: string, path: string, json: unknown, cookie = '') =>
      fetch(`${server.url}${path}`, {
        method,
        headers: { origin: server.url, cookie },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });

    /** Sends responses with the ids as a device does; the reply with the server's standing. */
    async function send(code: string, ids: readonly number[]) {
      const envelopes = ids.map((id) => envelope(id, code));
      const reply = await ask('POST', '/api/v1/batches', { envelopes });
      return batchReplySchema.parse(await reply.json());
    }

    return { ...server, ask, send, errors };
  }

  /** The sentence that a start ends in. */
  const mend = () =>
    start().then(
      () => 'started',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  /** A running server with an account, an assessment and a channel. */
  async function open(database?: DatabaseConfig) {
    const server = await start(database);
    const token = new URL(server.setUpLink ?? '').searchParams.get('token');
    const signedIn = await server.ask('POST', '/api/v1/set-up', { token, ...ACCOUNT });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const made = await server.ask('POST', '/api/v1/assessments', DRAFT, cookie);
    const { id } = assessmentSchema.parse(await made.json());
    const list = await server.ask('GET', `/api/v1/assessments/${id}/channels`, undefined, cookie);
    const { channels } = channelListSchema.parse(await list.json());
    const channel = channels.find(
      ({ instrument, department }) => instrument === IIT.id && department === null,
    );
    if (!channel) throw new Error('no channel of the whole office');
    return { server, cookie, assessment: id, code: channel.code };
  }

  return { folder, dataDir, distFolder, start, mend, open };
}

/** The content of each file of a folder, by name. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}
