// How many responses a second the server takes, singly and in batches, beside a bare insert loop with the same
// rows and the same durability in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { request as playwrightRequest } from '@playwright/test';
import { toEnvelope } from '#client/seal/sealed-envelope.ts';
import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { Office } from '../e2e/support/office.ts';
import { ServerProcess } from '../e2e/support/server.ts';

const CONNECTIONS = 32;
const REQUESTS_PER_PHONE = 500;

export interface IngestFigures {
  size: number;
  serverPerSecond: number;
  barePerSecond: number;
}

async function envelopesFor(channel: Channel, count: number): Promise<Envelope[]> {
  const { instrument } = channel;
  const sealing = Array.from({ length: count }, async (_, index) =>
    toEnvelope(
      crypto.randomUUID(),
      channel,
      {
        instrument: instrument.id,
        language: 'th',
        answers: Object.fromEntries(
          instrument.items.map((item, at) => [item.code, ((index + at) % 2) + 1]),
        ),
        respondent: {
          ...Object.fromEntries(instrument.fields.map(({ code }) => [code, null])),
          department: channel.department,
        },
        day: '2024-11-20',
        quality: [],
      },
      null,
    ),
  );
  return Promise.all(sealing);
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function post(url: URL, agent: Agent, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (part: string) => (text += part));
        reply.on('end', () => {
          const all = reply.statusCode === 200 && !/"result":"(?!accepted)/.test(text);
          if (all) resolve();
          else reject(new Error(`${reply.statusCode}: ${text.slice(0, 200)}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** One phone after the other, each with a loopback address of its own, as the server limits requests by address. */
function phones(): () => Agent {
  let count = 0;
  return () => {
    count += 1;
    const localAddress = `127.${1 + Math.floor(count / 60_000)}.${Math.floor(count / 250) % 240}.${1 + (count % 250)}`;
    return new Agent({ keepAlive: true, maxSockets: 1, localAddress });
  };
}

async function serverRate(url: URL, envelopes: readonly Envelope[], size: number): Promise<number> {
  const bodies = chunksOf(envelopes, size).map((batch) => JSON.stringify({ envelopes: batch }));
  const nextPhone = phones();
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      let agent = nextPhone();
      let sent = 0;
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        if (++sent % REQUESTS_PER_PHONE === 0) {
          agent.destroy();
          agent = nextPhone();
        }
        await post(url, agent, body);
      }
      agent.destroy();
    }),
  );
  return envelopes.length / ((performance.now() - startedAt) / 1000);
}

function bareRate(envelopes: readonly Envelope[], size: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-bench-'));
  const database = new Database(join(folder, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'create table responses (id text primary key, channel text, day text, digest text, body text) without rowid',
  );
  const insert = database.prepare('insert into responses values (?, ?, ?, ?, ?)');
  const insertAll = database.transaction((batch: readonly Envelope[]) => {
    for (const { id, channel, digest, body } of batch)
      insert.run(id, channel, '2024-11-20', digest, body);
  });
  const startedAt = performance.now();
  for (const batch of chunksOf(envelopes, size)) insertAll(batch);
  const seconds = (performance.now() - startedAt) / 1000;
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return envelopes.length / seconds;
}

/** Measures singly and in batches of 50, after a quarter as many to warm up. */
export async function benchIngest(count = 10_000): Promise<IngestFigures[]> {
  const server = await ServerProcess.create('src/server/main.ts', {
    // What is measured is one long flood.
    FLOOD_ABOVE: '1000000000',
  });
  const context = await playwrightRequest.newContext();
  try {
    const office = await Office.open(context, server);
    const { code } = office.channel('eit-2567', 1);
    const channel: Channel = await (
      await context.get(`${server.url}/api/v1/channels/${code}`)
    ).json();
    const url = new URL('/api/v1/batches', server.url.replace('localhost', '127.0.0.1'));
    const figures: IngestFigures[] = [];
    for (const size of [1, 50]) {
      await serverRate(url, await envelopesFor(channel, count / 4), size);
      const envelopes = await envelopesFor(channel, count);
      figures.push({
        size,
        serverPerSecond: await serverRate(url, envelopes, size),
        barePerSecond: bareRate(envelopes, size),
      });
    }
    return figures;
  } finally {
    await context.dispose();
    await server.remove();
  }
}
