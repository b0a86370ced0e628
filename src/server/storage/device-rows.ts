import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import type { DeviceSums, StoredDeviceReport, TroubledDevice } from './device-storage.ts';
import { countByChannel } from './count-by-channel.ts';
import {
  byKey,
  distinctPlaces,
  inPlace,
  keyOf,
  ofChannels,
  type Placed,
  placed,
  placeKey,
  type Places,
} from './places.ts';
import type { Tables } from './tables.ts';

const refusedBecauseSchema = z.array(z.string());

/** Most devices in trouble that are read at once; what all devices have is told by the sums. */
const MOST_TROUBLED = 2_000;

function deviceRow(report: Placed<StoredDeviceReport>): Tables['device_reports'] {
  const { id, channel, revision, finished, acknowledged, waiting, refused } = report;
  return {
    organization_id: report.organization_id,
    fiscal_year: report.fiscal_year,
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

/** One report per key, the highest revision, in the order of the keys: a statement changes no row twice. */
function latestOfEachKey(
  reports: readonly Placed<StoredDeviceReport>[],
): Placed<StoredDeviceReport>[] {
  const latest = new Map<string, Placed<StoredDeviceReport>>();
  for (const report of reports) {
    const known = latest.get(keyOf(report));
    if (!known || report.revision > known.revision) latest.set(keyOf(report), report);
  }
  return [...latest.values()].sort(byKey);
}

/** Leaves out new devices of the channels that have had enough. */
async function withinBounds(
  database: Kysely<Tables>,
  reports: readonly Placed<StoredDeviceReport>[],
  mostPerChannel: number,
): Promise<Placed<StoredDeviceReport>[]> {
  const known = new Set<string>();
  for (const place of distinctPlaces(reports)) {
    const own = reports.filter((report) => placeKey(report) === placeKey(place));
    const rows = await database
      .selectFrom('device_reports')
      .select('id')
      .where(inPlace(place))
      .where(
        'id',
        'in',
        own.map(({ id }) => id),
      )
      .execute();
    for (const { id } of rows) known.add(placeKey(place, id));
  }
  const unknown = reports.filter((report) => !known.has(keyOf(report)));
  const places = new Map(unknown.map((report) => [report.channel, report]));
  const devices = await countByChannel(database, 'device_reports', places);
  return reports.filter((report) => {
    const { channel } = report;
    if (known.has(keyOf(report))) return true;
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
  places: Places,
): Promise<void> {
  if (reports.length === 0) return;
  const latest = latestOfEachKey(placed(reports, places));
  const kept = await withinBounds(database, latest, mostPerChannel);
  if (kept.length === 0) return;
  await database
    .insertInto('device_reports')
    .values(kept.map(deviceRow))
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'fiscal_year', 'id'])
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

/** @see Storage.countCrowded */
export async function countCrowded(
  database: Kysely<Tables>,
  places: Places,
  mostPerChannel: number,
): Promise<number> {
  const devices = await countByChannel(database, 'device_reports', places);
  return [...devices.values()].filter((count) => count >= mostPerChannel).length;
}

/** @see Storage.countWaiting */
export async function countWaiting(database: Kysely<Tables>): Promise<number> {
  const { waiting } = await database
    .selectFrom('device_reports')
    .innerJoin('channels', 'channels.code', 'device_reports.channel')
    .innerJoin('assessments', (join) =>
      join
        .onRef('assessments.organization_id', '=', 'channels.organization_id')
        .onRef('assessments.id', '=', 'channels.assessment_id'),
    )
    .where('assessments.deleted_on', 'is', null)
    .select((row) => row.fn.sum('device_reports.waiting').as('waiting'))
    .executeTakeFirstOrThrow();
  // As below.
  return Number(waiting);
}

/** @see Storage.sumDeviceReports */
export async function sumDeviceReports(
  database: Kysely<Tables>,
  places: Places,
): Promise<DeviceSums> {
  if (places.size === 0)
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
    .where(ofChannels(places))
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
  places: Places,
): Promise<TroubledDevice[]> {
  if (places.size === 0) return [];
  const rows = await database
    .selectFrom('device_reports')
    .selectAll()
    .where(ofChannels(places))
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
  places: Places,
  id: string,
  isWrittenOff: boolean,
): Promise<boolean> {
  if (places.size === 0) return false;
  for (;;) {
    const { numUpdatedRows } = await database
      .updateTable('device_reports')
      .set({ written_off: isWrittenOff ? 1 : 0 })
      .where(ofChannels(places))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) return true;
    const there = await database
      .selectFrom('device_reports')
      .select('id')
      .where(ofChannels(places))
      .where('id', '=', id)
      .executeTakeFirst();
    if (!there) return false;
  }
}
