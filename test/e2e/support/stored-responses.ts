import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Response } from '#core/contract/response.ts';
import type { ServerProcess } from './server.ts';

/** What the server's own database holds, read beside it. */
export function storedResponses(server: ServerProcess): Response[] {
  const database = new DatabaseSync(join(server.dataFolder, 'sucharit.db'), { readOnly: true });
  try {
    return database
      .prepare('SELECT body FROM responses ORDER BY id')
      .all()
      .map(({ body }) => JSON.parse(String(body)));
  } finally {
    database.close();
  }
}
