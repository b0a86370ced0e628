import { randomUUID } from 'node:crypto';
import { sample } from 'fast-check';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { plainEnvelope } from '#core/contract/make-envelope.ts';
import { createApp } from '#server/http/app.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import { migrate } from '#server/storage/migrate.ts';
import { openSqliteFile, sqliteDatabase } from '#server/storage/sqlite.ts';
import type { StoredResponse } from '#server/storage/storage.ts';
import { arbitraryResponse } from '../../core/instruments/arbitrary-response.ts';
import { eit } from '../../core/instruments/known-instruments.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
import { receivingEffects } from '../../server/support/receiving-effects.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';

const CHANNEL = makeChannelCode(() => 7);
const UNKNOWN_CHANNEL = makeChannelCode(() => 8);
const DEPARTMENTS = 11;
const EPOCH = idOf(9_000);

export interface RealServer {
  answer(address: string, request: RequestInit): Promise<Response>;
  /** All responses the server keeps, in the order of their ids. */
  held(): Promise<StoredResponse[]>;
  close(): Promise<void>;
}

/** The real server's app on an empty database in memory, with one channel of the EIT; `isTooOld`: or with none yet. */
export async function startRealServer(
  now: () => number,
  epoch = EPOCH,
  { isTooOld = false } = {},
): Promise<RealServer> {
  const database = sqliteDatabase(openSqliteFile(':memory:'));
  await migrate(database, 'sqlite');
  const storage = createStorage(database, randomUUID);
  const assessment = {
    id: randomUUID(),
    organization: { th: 'สำนักงานเขต' },
    fiscalYear: 2568,
    instruments: [eit.id],
    departments: Array.from({ length: DEPARTMENTS }, (_, index) => ({
      number: index + 1,
      name: { th: `ฝ่าย ${index + 1}` },
      targets: {},
      retired: false,
    })),
    suppressionThreshold: 5,
    life: OPEN_LIFE,
    deletedOn: null,
  };
  const channel = {
    code: CHANNEL,
    assessment: assessment.id,
    instrument: eit.id,
    department: null,
    service: null,
    state: 'open' as const,
  };
  if (!isTooOld) await storage.createAssessment(assessment, [channel]);
  const app = createApp(receivingEffects(storage, now, epoch));
  return {
    answer: async (address, request) => app.request(address, request),
    held: async () => storage.readResponses({ channel: CHANNEL, after: '', limit: 10_000 }),
    close: async () => storage.close(),
  };
}

const responses = sample(arbitraryResponse(eit), { numRuns: 300, seed: 2568 });

/** The n-th finished response of a test, from 0. `isGood`: false names a channel that the server does not know. */
export function finished(number: number, isGood = true): Envelope {
  const response = responses[number];
  if (response === undefined) throw new Error(`there is no response ${number}`);
  return plainEnvelope(idOf(number), isGood ? CHANNEL : UNKNOWN_CHANNEL, response);
}
