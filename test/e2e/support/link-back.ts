import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ADMIN, type Office } from './office.ts';

/** The link that the server's keeper makes for an owner who lost the way in. */
export function linkBack({ server }: Office): string {
  const { stdout } = spawnSync('node', ['src/server/recovery/recover-main.ts', ADMIN.name], {
    cwd: join(import.meta.dirname, '../../..'),
    env: {
      ...process.env,
      DATA_DIR: server.dataFolder,
      DATABASE_URL: server.databaseUrl,
      PUBLIC_URL: server.url,
    },
  });
  return stdout.toString().split('\n')[0] ?? '';
}
