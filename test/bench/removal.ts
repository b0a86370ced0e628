// How long the removal of a large assessment takes, and for how long at a time the server answers nobody meanwhile.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage } from '#server/storage/create-storage.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { ASSESSMENT, IIT } from '../server/support/fixtures.ts';
import { startPostgres } from '../server/support/postgres-cluster.ts';

const RESPONSES = 100_000;
const AT_ONCE = 2_000;
const CHANNELS = 24;
/** About as long as the body of a response to the staff's questionnaire. */
const BODY = JSON.stringify({ answers: 'x'.repeat(480) });

interface RemovalFigures {
  database: string;
  responses: number;
  seconds: number;
  /** The longest that a timer had to wait. */
  longestSilenceMs: number;
}

/** Measures the longest time between two turns of the event loop until it is stopped. */
function watchSilence(): () => number {
  let [last, longest] = [performance.now(), 0];
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 5);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}

type Chosen = Parameters<typeof openDatabase>[0];

async function benchDatabase(name: string, chosen: Chosen): Promise<RemovalFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-removal-'));
  const { database } = await openDatabase(chosen, folder, {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  try {
    const storage = createStorage(database, randomUUID);
    const codes = Array.from({ length: CHANNELS }, (_, index) => `CODE${index}`);
    await storage.createAssessment(
      { ...ASSESSMENT, deletedOn: '2024-01-01' },
      codes.map((code) => ({
        code,
        assessment: ASSESSMENT.id,
        instrument: IIT.id,
        department: null,
        service: null,
        state: 'open',
      })),
    );
    for (let done = 0; done < RESPONSES; done += AT_ONCE)
      await storage.keepResponses({
        responses: Array.from({ length: AT_ONCE }, (_, index) => ({
          id: randomUUID(),
          channel: codes[index % CHANNELS] ?? '',
          day: '2024-01-01',
          digest: 'd'.repeat(64),
          body: BODY,
        })),
        quarantined: [],
      });
    const silence = watchSilence();
    const started = performance.now();
    await storage.removeDeleted('2024-06-01', '2024-06-01T00:00:00Z');
    const seconds = (performance.now() - started) / 1000;
    return { database: name, responses: RESPONSES, seconds, longestSilenceMs: silence() };
  } finally {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function benchRemoval(): Promise<RemovalFigures[]> {
  const sqlite = await benchDatabase('SQLite', { kind: 'sqlite' });
  const cluster = await startPostgres();
  try {
    const url = await cluster.newDatabase();
    return [sqlite, await benchDatabase('PostgreSQL', { kind: 'postgres', url })];
  } finally {
    await cluster.stop();
  }
}
