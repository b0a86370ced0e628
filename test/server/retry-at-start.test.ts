import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { getConfig } from '#server/config.ts';
import { cryptoRandomness } from '#server/randomness.ts';
import { startServer } from '#server/start-server.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { ASSESSMENT, envelope, IIT } from './support/fixtures.ts';
import { writePages } from './support/write-pages.ts';

const CODE = 'AAAAAAAA';

/** A folder with the database of an earlier build that could not read two envelopes; this one can read the first. */
async function dataOfEarlierBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-retry-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const distFolder = join(folder, 'dist');
  writePages(distFolder);

  /** Looks into the database while no server runs. */
  async function look<Found>(
    into: (storage: ReturnType<typeof createStorage>, run: (statement: string) => unknown) => Found,
  ): Promise<Awaited<Found>> {
    const { database } = await openDatabase({ kind: 'sqlite' }, folder, {
      newId: cryptoRandomness.uuid,
      onLostConnection: () => undefined,
    });
    const storage = createStorage(database, cryptoRandomness.uuid);
    const found = await into(storage, (statement) => sql.raw(statement).execute(database));
    await storage.close();
    return found;
  }

  await look(async (storage) => {
    await storage.createAssessment(ASSESSMENT, [
      {
        code: CODE,
        assessment: ASSESSMENT.id,
        instrument: IIT.id,
        department: null,
        service: null,
        state: 'open',
      },
    ]);
    const quarantined = [1, 2].map((number) => ({
      ...envelope(number, CODE),
      day: '2024-11-20',
      protocol: number === 1 ? 1 : 999,
    }));
    await storage.keepResponses({ responses: [], quarantined });
  });

  const logged: { message: string }[] = [];
  const log = (fields: object, message: string) => logged.push({ ...fields, message });

  /** Starts a server on that and stops it again; returns what it logged, but for its coming and going. */
  async function startAndStop() {
    logged.length = 0;
    const server = await startServer(
      { ...getConfig({}), port: 0, dataDir: folder },
      { now: Date.now, randomness: cryptoRandomness, log: { info: log, error: log }, distFolder },
    );
    await server.close();
    return logged.filter(({ message }) => !['listening', 'draining', 'ended'].includes(message));
  }

  const kept = () =>
    look(async (storage) => ({
      counted: (await storage.countResponses([CODE])).get(CODE) ?? 0,
      quarantined: (await storage.countSetAside([CODE])).quarantined,
    }));

  return { look, startAndStop, kept };
}

test('a start counts what an earlier build could not read, once', async () => {
  const { startAndStop, kept } = await dataOfEarlierBuild();
  expect(await startAndStop()).toEqual([
    {
      counted: 1,
      duplicates: 0,
      conflicts: 0,
      uncounted: 0,
      remaining: 1,
      message: 'quarantine retried',
    },
  ]);
  expect(await kept()).toEqual({ counted: 1, quarantined: 1 });
  expect(await startAndStop()).toEqual([]);
  expect(await kept()).toEqual({ counted: 1, quarantined: 1 });
});

test('a start that cannot do so is a start all the same, and the next one does it', async () => {
  const { look, startAndStop, kept } = await dataOfEarlierBuild();
  await look((_, run) =>
    run(
      "create trigger broken before insert on responses begin select raise(abort, 'broken'); end",
    ),
  );
  expect(await startAndStop()).toMatchObject([
    { message: 'the quarantine could not be retried', error: 'SqliteError' },
  ]);
  expect(await kept()).toEqual({ counted: 0, quarantined: 2 });
  await look((_, run) => run('drop trigger broken'));
  await startAndStop();
  expect(await kept()).toEqual({ counted: 1, quarantined: 1 });
});
