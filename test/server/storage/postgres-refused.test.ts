// What a start says of a PostgreSQL database that it cannot use, where somebody else has to mend it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#server/storage/open-database.ts';
import { postgresProblem } from '#server/storage/start-mend.ts';
import { startPostgres } from '../support/postgres-cluster.ts';

const open = async (url: string) =>
  openDatabase({ kind: 'postgres', url }, '', {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });

test("a database that is not there, not its role's own or shut is refused with what mends it", async () => {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.stop());
  const url = await cluster.newDatabase();
  async function sentence(changes: Partial<URL>): Promise<string> {
    const { href } = Object.assign(new URL(url), changes);
    return postgresProblem(await open(href).catch((error: unknown) => error)).message;
  }

  expect(await sentence({ pathname: '/nowhere' })).toContain('createdb --owner');
  const { database } = await open(url);
  await sql`create role clerk login password 'clerk'`.execute(database);
  await database.destroy();
  expect(await sentence({ username: 'clerk', password: 'clerk' })).toContain('let it own');
  expect(await sentence({ username: 'clerk', password: 'clark' })).toContain(
    '(28P01): it runs and does not let the server in',
  );
  expect(await sentence({ port: '1' })).toContain('(ECONNREFUSED): check that it runs');
});

/** What PostgreSQL says until it waits for what the password makes. */
const ASKS = ['R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'R\0\0\0\x16\0\0\0\x0br=1,s=MQ==,i=1'];

test.each([
  ['start', 'main.ts'],
  ['command', 'recovery/recover-main.ts', 'somchai'],
])(
  'a %s without the password that PostgreSQL waits for ends at once',
  async (_, main, ...words) => {
    const postgres = createServer((socket) => {
      const asks = [...ASKS];
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write(asks.shift() ?? '', 'latin1'));
    });
    postgres.listen(0, '127.0.0.1');
    await once(postgres, 'listening');
    onTestFinished(() => void postgres.close());
    const address = postgres.address();
    const port = typeof address === 'object' ? address?.port : null;
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'sucharit-no-password-'));
    onTestFinished(() => rmSync(DATA_DIR, { recursive: true }));
    const DATABASE_URL = `postgres://nobody@127.0.0.1:${port}/ita`;

    const script = join(import.meta.dirname, '../../../src/server', main);
    const env = { ...process.env, DATA_DIR, DATABASE_URL, PORT: '0' };
    const program = spawn(process.execPath, [script, ...words], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void program.kill('SIGKILL'));
    const said = text(program.stderr);
    expect(await once(program, 'close')).toEqual([1, null]);
    expect(await said).toMatch(/^The PostgreSQL database cannot be used: .*\.\n$/);
  },
);
