// A process that stores responses and tidies without a pause, and says what it has stored, until somebody kills it.
import { randomUUID } from 'node:crypto';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { databaseFile } from '#server/storage/data-files.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { sqliteTidying } from '#server/tidying/tidy-sqlite.ts';

const [dataDir = '', channel = ''] = process.argv.slice(2);

const { database } = await openDatabase({ kind: 'sqlite' }, dataDir, {
  newId: randomUUID,
  onLostConnection: () => undefined,
});
const storage = createStorage(database, randomUUID);
const tidying = sqliteTidying(database, databaseFile(dataDir));

for (;;) {
  const responses = Array.from({ length: 5 }, () => {
    const body = JSON.stringify({ said: randomUUID().repeat(15) });
    return { id: randomUUID(), channel, day: '2024-11-20', digest: sha256(body), body };
  });
  await storage.keepResponses({ responses, quarantined: [] });
  process.stdout.write(responses.map(({ id }) => `${id}\n`).join(''));
  await tidying.tidy();
}
