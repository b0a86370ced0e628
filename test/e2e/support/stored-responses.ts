import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { digestOf } from '#core/contract/digest.ts';
import { type Envelope, isSealed } from '#core/contract/envelope.ts';
import type { Response } from '#core/contract/response.ts';
import { createOpenSealed } from '#server/sealing/open-sealed.ts';
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

/** What the server holds of envelopes of a device: opened with the server's own keys where they are sealed. */
export async function asStored(
  server: ServerProcess,
  envelopes: readonly Envelope[],
): Promise<StoredEnvelope[]> {
  const database = new DatabaseSync(join(server.dataFolder, 'sucharit.db'), { readOnly: true });
  const secretOf = database.prepare(
    'SELECT secret, keys FROM seal_secrets JOIN channels USING (assessment_id) WHERE code = ?',
  );
  try {
    return await Promise.all(
      envelopes.map(async (envelope) => {
        const { id, channel, digest, body } = envelope;
        if (!isSealed(envelope)) return { id, channel, digest, body };
        const row = secretOf.get(channel);
        const sealSecret = { secret: String(row?.['secret']), keys: Number(row?.['keys']) };
        const open = createOpenSealed({ findSealSecret: async () => sealSecret });
        const opened = await open(channel, envelope);
        if (opened.state !== 'open') throw new Error(`an envelope is ${opened.state}`);
        return { id, channel, digest: digestOf(opened.body), body: opened.body };
      }),
    );
  } finally {
    database.close();
  }
}

/** The responses that the server holds. */
export function storedResponses(server: ServerProcess): Response[] {
  return storedEnvelopes(server).map(({ body }) => JSON.parse(body));
}
