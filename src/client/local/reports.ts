import type { DeviceReport } from '#core/contract/device-report.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { readCounters, type CountersRow } from './counters.ts';
import type { Database } from './database.ts';
import { entryOfRow } from './outbox-row.ts';

const MS_PER_HOUR = 3_600_000;
const MOST_HOURS = 100_000;
const MOST_PROBLEMS = 20;

/** The counters of all channels, or only of those in which something has changed since the server was told, each with its next revision. */
export async function readRevised(
  { counters }: Database,
  which: 'all' | 'due',
): Promise<CountersRow[]> {
  const known = ((await counters.toArray()) as unknown[]).flatMap((row) => readCounters(row) ?? []);
  return known
    .filter((row) => which === 'all' || row.revision !== row.reported)
    .map((row) => ({ ...row, revision: row.revision + 1 }));
}

/** The same, written down. To be called inside a transaction. */
export async function reviseCounters(
  database: Database,
  which: 'all' | 'due',
): Promise<CountersRow[]> {
  const revised = await readRevised(database, which);
  await database.counters.bulkPut(revised);
  return revised;
}

/**
 * The reports of the channels with these counters. What was finished and is neither acknowledged nor refused counts as waiting,
 * also what cannot be read or has vanished. To be called inside a transaction.
 */
export async function readReports(
  { outbox }: Database,
  revised: readonly CountersRow[],
  now: number,
  isStorageNearlyFull: boolean,
): Promise<DeviceReport[]> {
  if (revised.length === 0) return [];
  const stored = ((await outbox.toArray()) as unknown[]).flatMap((row) => entryOfRow(row) ?? []);
  return revised.map((row) => {
    const entries = stored.filter(({ envelope }) => envelope.channel === row.channel);
    return { ...reportOf(row, entries, now), isStorageNearlyFull };
  });
}

/** To be called inside a transaction. */
export async function markReported(
  { counters }: Database,
  { channel, revision }: DeviceReport,
): Promise<void> {
  const row = readCounters(await counters.get(channel));
  if (row) await counters.put({ ...row, reported: revision });
}

function reportOf(
  { id, channel, revision, acknowledged, ...counted }: CountersRow,
  entries: readonly OutboxEntry[],
  now: number,
): Omit<DeviceReport, 'isStorageNearlyFull'> {
  // An older build in another tab stores without counting.
  const finished = Math.max(counted.finished, acknowledged + entries.length);
  const problems = entries.flatMap(({ state }) =>
    state.kind === 'refused' ? [state.problem.code] : [],
  );
  const oldest = Math.min(...entries.map(({ keptAt }) => keptAt));
  const hours = Math.floor((now - oldest) / MS_PER_HOUR);
  return {
    id,
    channel,
    revision,
    finished,
    acknowledged,
    waiting: finished - acknowledged - problems.length,
    refused: problems.length,
    oldestWaitingHours: entries.length === 0 ? null : Math.min(Math.max(0, hours), MOST_HOURS),
    refusedBecause: [...new Set(problems)].slice(0, MOST_PROBLEMS),
  };
}
