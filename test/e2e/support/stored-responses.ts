import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Response } from '#core/contract/response.ts';
import type { ServerProcess } from './server.ts';

export type StoredEnvelope = Pick<Envelope, 'id' | 'channel' | 'digest' | 'body'>;

/** What the server's own database holds, read beside it, byte for byte. */
export function storedEnvelopes(server: ServerProcess): StoredEnvelope[] {
  const database = new DatabaseSync(join(server.dataFolder, 'sucharit.db'), { readOnly: true });
  try {
    return database
      .prepare('SELECT id, channel, digest, body FROM responses ORDER BY id')
      .all()
      .map((row) => ({
        id: String(row['id']),
        channel: String(row['channel']),
        digest: String(row['digest']),
        body: String(row['body']),
      }));
  } finally {
    database.close();
  }
}

/** The responses that the server holds. */
export function storedResponses(server: ServerProcess): Response[] {
  return storedEnvelopes(server).map(({ body }) => JSON.parse(body));
}
