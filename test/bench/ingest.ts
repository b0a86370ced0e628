// How many responses a second the server takes, singly and in batches, beside a bare server that puts the same rows into SQLite
// as durably and looks at nothing: the same load from the same process, one after the other, several times.
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request as playwrightRequest } from '@playwright/test';
import Database from 'better-sqlite3';
import type { Channel } from '#core/contract/channel.ts';
import { Office } from '../e2e/support/office.ts';
import { ServerProcess } from '../e2e/support/server.ts';
import type { LoadChannel } from './load/envelopes.ts';
import { startFloor } from './load/floor.ts';
import { type Generator, type LoadFigures, startGenerator } from './load/generator.ts';
import { askUsage, toldAt, type Usage } from './load/usage.ts';
import { medianOf } from './phone/statistics.ts';

const CONNECTIONS = 64;
const DAY = '2024-11-20';

/** Who takes the responses: the floor, or ours with open or sealed ones. */
type Taker = 'floor' | 'open' | 'sealed';

/** Medians of the rounds. */
export interface IngestFigures {
  taker: Taker;
  batch: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of all threads of the server, for each response, until it is at rest again. */
  cpuMicroseconds: number;
}

export interface MemoryFigures {
  /** After how many responses. */
  responses: number;
  heapBytes: number;
  rssBytes: number;
}

export interface IngestReport {
  figures: IngestFigures[];
  memory: MemoryFigures[];
  /** Bytes of the database for each response, as it grew and after it was tidied. */
  grown: number;
  tidied: number;
}

interface Measured {
  port: number;
  usage: (of: 'now' | 'tidied') => Promise<Usage>;
}

type Round = Omit<IngestFigures, 'taker' | 'batch'>;

/** Waits for what a server still does of its own: ours adds to its sums. */
async function untilIdle({ usage }: Measured): Promise<Usage> {
  for (let last = await usage('now'); ;) {
    await pause(700);
    const now = await usage('now');
    if (now.cpuSeconds - last.cpuSeconds < 0.02) return now;
    last = now;
  }
}

async function measure(
  generator: Generator,
  measured: Measured,
  responses: number,
): Promise<Round> {
  const { port } = measured;
  const before = await untilIdle(measured);
  const sent: LoadFigures = await generator.send(port, CONNECTIONS);
  const after = await untilIdle(measured);
  if (sent.accepted !== responses)
    throw new Error(`${sent.accepted} of ${responses} responses were taken`);
  const { seconds, p50, p95, p99 } = sent;
  const cpuMicroseconds = ((after.cpuSeconds - before.cpuSeconds) / responses) * 1e6;
  return { perSecond: responses / seconds, p50, p95, p99, cpuMicroseconds };
}

const mediansOf = (rounds: readonly Round[]): Round => ({
  perSecond: medianOf(rounds.map(({ perSecond }) => perSecond)),
  p50: medianOf(rounds.map(({ p50 }) => p50)),
  p95: medianOf(rounds.map(({ p95 }) => p95)),
  p99: medianOf(rounds.map(({ p99 }) => p99)),
  cpuMicroseconds: medianOf(rounds.map(({ cpuMicroseconds }) => cpuMicroseconds)),
});

interface Takers {
  generator: Generator;
  floor: Measured;
  server: Measured;
  channels: readonly LoadChannel[];
}

/** The first round is to warm up. */
async function compare(
  { generator, floor, server, channels }: Takers,
  batch: number,
  { rounds, responses }: { rounds: number; responses: number },
): Promise<IngestFigures[]> {
  const open = channels.map((channel) => ({ ...channel, seal: null }));
  const taken: Record<Taker, Round[]> = { floor: [], open: [], sealed: [] };
  for (let round = 0; round <= rounds; round++) {
    await generator.prepare({ channels: open, responses, batch, day: DAY });
    const ofFloor = await measure(generator, floor, responses);
    const ofOpen = await measure(generator, server, responses);
    await generator.prepare({ channels, responses, batch, day: DAY });
    const ofSealed = await measure(generator, server, responses);
    if (round === 0) continue;
    taken.floor.push(ofFloor);
    taken.open.push(ofOpen);
    taken.sealed.push(ofSealed);
  }
  return (['floor', 'open', 'sealed'] as const).map((taker) => ({
    taker,
    batch,
    ...mediansOf(taken[taker]),
  }));
}

const MEMORY_STEPS = 10;

/** Sealed responses in batches of 50, and what the server holds in memory ten times meanwhile. */
async function watchMemory(
  { generator, server, channels }: Takers,
  responses: number,
): Promise<MemoryFigures[]> {
  const figures: MemoryFigures[] = [];
  const step = Math.ceil(responses / MEMORY_STEPS);
  for (let sent = step; sent <= responses; sent += step) {
    await generator.prepare({ channels, responses: step, batch: 50, day: DAY });
    await measure(generator, server, step);
    const { heapBytes, rssBytes } = await server.usage('tidied');
    figures.push({ responses: sent, heapBytes, rssBytes });
  }
  return figures;
}

/** Bytes of the database for each response, as it is and with its pages filled anew. */
function sizes(file: string): { grown: number; tidied: number } {
  const handle = new Database(file);
  const count = Number(handle.prepare('select count(*) from responses').pluck().get());
  handle.pragma('wal_checkpoint(truncate)');
  const grown = statSync(file).size / count;
  handle.exec('vacuum');
  handle.pragma('wal_checkpoint(truncate)');
  handle.close();
  return { grown, tidied: statSync(file).size / count };
}

/** The channels at which people who visit are asked, as a device knows them. */
async function channelsOf(office: Office): Promise<LoadChannel[]> {
  const codes = office.channels
    .filter(({ instrument }) => instrument === 'eit-2567')
    .map(({ code }) => code);
  return Promise.all(
    codes.map(async (code): Promise<Channel> => {
      const reply = await office.request.get(`${office.server.url}/api/v1/channels/${code}`);
      return reply.json();
    }),
  );
}

/** From the first look on, what comes is added to the sums: without it nobody's work for them would be measured. */
async function lookOnce({ request, server, assessment }: Office): Promise<void> {
  const reply = await request.get(
    `${server.url}/api/v1/assessments/${assessment.id}/participation`,
  );
  if (!reply.ok()) throw new Error(`the overview answered ${reply.status()}`);
}

/** `responses`: in each round; `inMemory`: over how many the memory is watched. */
export async function benchIngest({
  rounds = 5,
  responses = 10_000,
  inMemory = 100_000,
} = {}): Promise<IngestReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sucharit-bench-'));
  const sockets = { floor: join(folder, 'floor.sock'), server: join(folder, 'server.sock') };
  const floor = await startFloor(folder, sockets.floor);
  const server = await ServerProcess.create({
    ...toldAt(sockets.server),
    // What is measured is one long flood.
    FLOOD_ABOVE: '1000000000',
  });
  const context = await playwrightRequest.newContext();
  const generator = startGenerator();
  try {
    const office = await Office.open(context, server);
    await lookOnce(office);
    const takers: Takers = {
      generator,
      floor: { port: floor.port, usage: async (of) => askUsage(sockets.floor, of) },
      server: {
        port: Number(new URL(server.url).port),
        usage: async (of) => askUsage(sockets.server, of),
      },
      channels: await channelsOf(office),
    };
    const figures = [
      ...(await compare(takers, 1, { rounds, responses })),
      ...(await compare(takers, 50, { rounds, responses })),
    ];
    const memory = await watchMemory(takers, inMemory);
    await server.stop();
    return { figures, memory, ...sizes(join(server.dataFolder, 'sucharit.db')) };
  } finally {
    generator.end();
    await context.dispose();
    await floor.stop();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
