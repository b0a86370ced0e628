import type { Kysely } from 'kysely';
import { digestOf } from '#core/contract/digest.ts';
import { type Envelope, isSealed } from '#core/contract/envelope.ts';
import type { Response } from '#core/contract/response.ts';
import { createOpenSealed } from '#server/sealing/open-sealed.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { openToRead } from '#server/storage/open-to-read.ts';
import type { Tables } from '#server/storage/tables.ts';
import type { ServerProcess } from './server.ts';

export type StoredEnvelope = Pick<Envelope, 'id' | 'channel' | 'digest' | 'body'>;

/** Reads the server's own database beside it, whichever it is; the server need not run. */
export async function readBeside<Result>(
  { config: { database: configured, dataDir } }: ServerProcess,
  read: (database: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const database = openToRead(
    configured.kind === 'postgres' ? configured : { kind: 'sqlite', file: databaseFile(dataDir) },
  );
  try {
    return await read(database);
  } finally {
    await database.destroy();
  }
}

/** What the server's database holds, byte for byte. */
export const storedEnvelopes = async (server: ServerProcess): Promise<StoredEnvelope[]> =>
  readBeside(server, async (database) =>
    database
      .selectFrom('responses')
      .select(['id', 'channel', 'digest', 'body'])
      .orderBy('id')
      .execute(),
  );

/** The secret that the keys of each channel's assessment follow from. */
const secretsOf = async (server: ServerProcess) =>
  readBeside(server, async (database) =>
    database
      .selectFrom('seal_secrets')
      .innerJoin('channels', 'channels.assessment_id', 'seal_secrets.assessment_id')
      .select(['channels.code', 'seal_secrets.secret', 'seal_secrets.keys'])
      .execute(),
  );

/** What the server holds of envelopes of a device: opened with the server's own keys where they are sealed. */
export async function asStored(
  server: ServerProcess,
  envelopes: readonly Envelope[],
): Promise<StoredEnvelope[]> {
  const secrets = await secretsOf(server);
  return Promise.all(
    envelopes.map(async (envelope) => {
      const { id, channel, digest, body } = envelope;
      if (!isSealed(envelope)) return { id, channel, digest, body };
      const sealSecret = secrets.find(({ code }) => code === channel) ?? null;
      const open = createOpenSealed({ findSealSecret: async () => sealSecret });
      const opened = await open(channel, envelope);
      if (opened.state !== 'open') throw new Error(`an envelope is ${opened.state}`);
      return { id, channel, digest: digestOf(opened.body), body: opened.body };
    }),
  );
}

/** The responses that the server holds. */
export async function storedResponses(server: ServerProcess): Promise<Response[]> {
  const envelopes = await storedEnvelopes(server);
  return envelopes.map(({ body }) => JSON.parse(body));
}
