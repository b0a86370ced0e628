// The control's broken server: the real one, but for one thing. To keep responses it looks which of them it has, and then
// inserts the others into a table without a unique key. Two senders of one envelope can pass between the two.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { getConfig } from '#server/config.ts';
import { createApp } from '#server/http/app.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { createPlaces, placed } from '#server/storage/places.ts';
import type { Storage } from '#server/storage/storage.ts';
import { receivingEffects } from '../server/support/receiving-effects.ts';

const { database: configured, dataDir, port } = getConfig(process.env);
const { database, dialect, epoch } = await openDatabase(configured, dataDir, {
  newId: randomUUID,
  onLostConnection: () => undefined,
});

// The same table without a key: on SQLite another one, made again at each start with what is there.
await database.transaction().execute(async (transaction) => {
  if (dialect === 'postgres') {
    // Another server begins with us, or takes responses already.
    await sql`lock table responses in access exclusive mode`.execute(transaction);
    const { rows } = await sql<{ key: string }>`
      select conname as key from pg_constraint
      where conrelid = 'responses'::regclass and contype = 'p'`.execute(transaction);
    for (const { key } of rows)
      await sql`alter table responses drop constraint ${sql.id(key)}`.execute(transaction);
    return;
  }
  await sql`create table without_key as select * from responses`.execute(transaction);
  await sql`drop table responses`.execute(transaction);
  await sql`alter table without_key rename to responses`.execute(transaction);
});

const storage = createStorage(database, randomUUID);
const findPlaces = createPlaces(database);
const keepResponses: Storage['keepResponses'] = async ({ responses }) => {
  const ids = responses.map(({ id }) => id);
  const known = await database
    .selectFrom('responses')
    .select('id')
    .where('id', 'in', ids)
    .execute();
  // What a server does in between on a busy day; long enough for both of two requests that the way doubled.
  await pause(100);
  const isKnown = (id: string) => known.some((row) => row.id === id);
  const unknown = responses
    .filter(({ id }) => !isKnown(id))
    .map(({ id, channel, day, digest, body }) => ({ id, channel, day, digest, body }));
  const places = await findPlaces(unknown.map(({ channel }) => channel));
  if (unknown.length > 0)
    await database.insertInto('responses').values(placed(unknown, places)).execute();
  return responses.map(({ id }) => (isKnown(id) ? 'duplicate' : 'accepted'));
};

const app = createApp({
  ...receivingEffects({ ...storage, keepResponses }, Date.now, epoch),
  addressOf: (context) => context.req.header('x-forwarded-for') ?? '',
  log: { info: () => undefined, error: () => undefined },
  publicUrl: 'http://localhost',
});

const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
  process.stdout.write(`listens on http://localhost:${address.port}\n`);
});
process.once('SIGTERM', () => {
  server.close(() => void database.destroy());
  if ('closeAllConnections' in server) server.closeAllConnections();
});
