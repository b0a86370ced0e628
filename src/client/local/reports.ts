import type { DeviceReport } from '#core/contract/device-report.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { readCounters, type CountersRow } from './counters.ts';
import type { Change } from './database.ts';
import { putAll } from './many-rows.ts';
import { entryOfRow } from './outbox-row.ts';

const MS_PER_HOUR = 3_600_000;
const MOST_HOURS = 100_000;
const MOST_PROBLEMS = 20;

/** A table, as far as it is read. */
interface Readable {
  getAll(): Promise<unknown[]>;
}

/** The counters of all channels, or only of those in which something has changed since the server was told, each with its next revision. */
export async function readRevised(
  counters: Readable,
  which: 'all' | 'due',
): Promise<CountersRow[]> {
  const known = (await counters.getAll()).flatMap((row) => readCounters(row) ?? []);
  return known
    .filter((row) => which === 'all' || row.revision !== row.reported)
    .map((row) => ({ ...row, revision: row.revision + 1 }));
}

/** The same, written down. */
export async function reviseCounters(change: Change, which: 'all' | 'due'): Promise<CountersRow[]> {
  const counters = change.objectStore('counters');
  const revised = await readRevised(counters, which);
  await putAll(counters, revised);
  return revised;
}

/**
 * The reports of the channels with these counters. What was finished and is neither acknowledged nor refused counts as waiting,
 * also what cannot be read or has vanished.
 */
export async function readReports(
  outbox: Readable,
  revised: readonly CountersRow[],
  now: number,
  isStorageNearlyFull: boolean,
): Promise<DeviceReport[]> {
  if (revised.length === 0) return [];
  const stored = (await outbox.getAll()).flatMap((row) => entryOfRow(row) ?? []);
  return revised.map((row) => {
    const entries = stored.filter(({ envelope }) => envelope.channel === row.channel);
    return { ...reportOf(row, entries, now), isStorageNearlyFull };
  });
}

export async function markReported(
  change: Change,
  { channel, revision }: DeviceReport,
): Promise<void> {
  const counters = change.objectStore('counters');
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
