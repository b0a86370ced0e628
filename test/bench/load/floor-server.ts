// The floor: a bare HTTP server that puts the rows that ours puts into SQLite, as durably and in commits as shared, and looks at nothing.
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import type { Envelope } from '#core/contract/envelope.ts';

const [file = '', port = '0'] = process.argv.slice(2);

const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`create table responses (
    organization_id text, fiscal_year integer, id text, channel text, day text, digest text, body text, display text,
    primary key (organization_id, fiscal_year, id)
  ) without rowid`);
const insert = database.prepare('insert into responses values (?, ?, ?, ?, ?, ?, ?, null)');

/** Of all of them, as those that ours is sent are of one organization and year. */
const ORGANIZATION = randomUUID();
const FISCAL_YEAR = 2568;

let waiting: { envelopes: readonly Envelope[]; reply: ServerResponse }[] = [];

const insertAll = database.transaction((all: typeof waiting) => {
  for (const { envelopes } of all)
    for (const { id, channel, digest, body } of envelopes)
      insert.run(ORGANIZATION, FISCAL_YEAR, id, channel, '2024-11-20', digest, body);
});

function commit(): void {
  const all = waiting;
  waiting = [];
  insertAll(all);
  for (const { envelopes, reply } of all)
    reply.end(JSON.stringify({ results: envelopes.map(({ id }) => ({ id, result: 'accepted' })) }));
}

const server = createServer((request, reply) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { envelopes } = JSON.parse(Buffer.concat(parts).toString());
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ envelopes, reply });
  });
});
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
