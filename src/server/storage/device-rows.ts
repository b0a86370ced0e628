import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import type { DeviceSums, StoredDeviceReport, TroubledDevice } from './device-storage.ts';
import { countByChannel } from './response-rows.ts';
import type { Tables } from './tables.ts';

const refusedBecauseSchema = z.array(z.string());

/** Most devices in trouble that are read at once; what all devices have is told by the sums. */
const MOST_TROUBLED = 2_000;

function deviceRow(report: StoredDeviceReport): Tables['device_reports'] {
  const { id, channel, revision, finished, acknowledged, waiting, refused } = report;
  return {
    id,
    channel,
    revision,
    finished,
    acknowledged,
    waiting,
    refused,
    refused_because: JSON.stringify(report.refusedBecause),
    waiting_since: report.waitingSince,
    reported_on: report.reportedOn,
    storage_nearly_full: report.isStorageNearlyFull ? 1 : 0,
    written_off: 0,
  };
}

/** One report per id, the highest revision, in the order of the ids: a statement changes no row twice. */
function latestOfEachId(reports: readonly StoredDeviceReport[]): StoredDeviceReport[] {
  const latest = new Map<string, StoredDeviceReport>();
  for (const report of reports) {
    const known = latest.get(report.id);
    if (!known || report.revision > known.revision) latest.set(report.id, report);
  }
  return [...latest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Leaves out new devices of the channels that have had enough. */
async function withinBounds(
  database: Kysely<Tables>,
  reports: readonly StoredDeviceReport[],
  mostPerChannel: number,
): Promise<StoredDeviceReport[]> {
  const ids = reports.map(({ id }) => id);
  const rows = await database
    .selectFrom('device_reports')
    .select('id')
    .where('id', 'in', ids)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const channels = reports.filter(({ id }) => !known.has(id)).map(({ channel }) => channel);
  const devices = await countByChannel(database, 'device_reports', [...new Set(channels)]);
  return reports.filter(({ id, channel }) => {
    if (known.has(id)) return true;
    const count = (devices.get(channel) ?? 0) + 1;
    devices.set(channel, count);
    return count <= mostPerChannel;
  });
}

/** @see Storage.keepDeviceReports */
export async function keepDeviceReports(
  database: Kysely<Tables>,
  reports: readonly StoredDeviceReport[],
  mostPerChannel: number,
): Promise<void> {
  if (reports.length === 0) return;
  const kept = await withinBounds(database, latestOfEachId(reports), mostPerChannel);
  if (kept.length === 0) return;
  await database
    .insertInto('device_reports')
    .values(kept.map(deviceRow))
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((row) => ({
          revision: row.ref('excluded.revision'),
          finished: row.ref('excluded.finished'),
          acknowledged: row.ref('excluded.acknowledged'),
          waiting: row.ref('excluded.waiting'),
          refused: row.ref('excluded.refused'),
          refused_because: row.ref('excluded.refused_because'),
          waiting_since: row.ref('excluded.waiting_since'),
          reported_on: row.ref('excluded.reported_on'),
          storage_nearly_full: row.ref('excluded.storage_nearly_full'),
          written_off: row.ref('excluded.written_off'),
        }))
        .whereRef('device_reports.revision', '<', 'excluded.revision')
        .whereRef('device_reports.channel', '=', 'excluded.channel'),
    )
    .execute();
}

/** @see Storage.sumDeviceReports */
export async function sumDeviceReports(
  database: Kysely<Tables>,
  channels: readonly string[],
): Promise<DeviceSums> {
  if (channels.length === 0)
    return { devices: 0, finished: 0, acknowledged: 0, waiting: 0, refused: 0 };
  const sums = await database
    .selectFrom('device_reports')
    .select((row) => [
      row.fn.countAll().as('devices'),
      row.fn.sum('finished').as('finished'),
      row.fn.sum('acknowledged').as('acknowledged'),
      row.fn.sum('waiting').as('waiting'),
      row.fn.sum('refused').as('refused'),
    ])
    .where('channel', 'in', channels)
    .executeTakeFirstOrThrow();
  // PostgreSQL gives sums as text, and both give null as the sum of nothing.
  return {
    devices: Number(sums.devices),
    finished: Number(sums.finished),
    acknowledged: Number(sums.acknowledged),
    waiting: Number(sums.waiting),
    refused: Number(sums.refused),
  };
}

/** @see Storage.listTroubledDevices */
export async function selectTroubledDevices(
  database: Kysely<Tables>,
  channels: readonly string[],
): Promise<TroubledDevice[]> {
  if (channels.length === 0) return [];
  const rows = await database
    .selectFrom('device_reports')
    .selectAll()
    .where('channel', 'in', channels)
    .where((row) =>
      row.or([row('waiting', '>', 0), row('refused', '>', 0), row('storage_nearly_full', '=', 1)]),
    )
    .orderBy('written_off')
    .orderBy('waiting_since', (order) => order.asc().nullsLast())
    .orderBy('id')
    .limit(MOST_TROUBLED)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    waiting: row.waiting,
    refused: row.refused,
    refusedBecause: refusedBecauseSchema.parse(JSON.parse(row.refused_because)),
    waitingSince: row.waiting_since,
    reportedOn: row.reported_on,
    isStorageNearlyFull: row.storage_nearly_full === 1,
    isWrittenOff: row.written_off === 1,
  }));
}

/**
 * While a tidying writes a day's reports anew on PostgreSQL, an update that began before finds the row gone when it gets its
 * turn, and the new one not yet there. So nothing changed only means that there is no such device where none is found.
 *
 * @see Storage.writeOffDevice
 */
export async function writeOffDevice(
  database: Kysely<Tables>,
  channels: readonly string[],
  id: string,
  isWrittenOff: boolean,
): Promise<boolean> {
  if (channels.length === 0) return false;
  for (;;) {
    const { numUpdatedRows } = await database
      .updateTable('device_reports')
      .set({ written_off: isWrittenOff ? 1 : 0 })
      .where('id', '=', id)
      .where('channel', 'in', channels)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) return true;
    const there = await database
      .selectFrom('device_reports')
      .select('id')
      .where('id', '=', id)
      .where('channel', 'in', channels)
      .executeTakeFirst();
    if (!there) return false;
  }
}
