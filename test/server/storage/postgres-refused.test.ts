// What a start says of a PostgreSQL database that it cannot use, where somebody else has to mend it.
import { randomUUID } from 'node:crypto';
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
