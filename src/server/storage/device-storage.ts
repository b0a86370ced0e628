import type { Kysely } from 'kysely';
import {
  countCrowded,
  keepDeviceReports,
  selectTroubledDevices,
  countWaiting,
  sumDeviceReports,
  writeOffDevice,
} from './device-rows.ts';
import type { FindPlaces } from './places.ts';
import type { Tables } from './tables.ts';

/** What is told of a device: one of the devices of a channel. */
export interface DeviceState {
  id: string;
  channel: string;
  waiting: number;
  refused: number;
  refusedBecause: readonly string[];
  /** Since when the oldest waits or is refused: ISO, UTC, cut to the hour; null where nothing is. */
  waitingSince: string | null;
  /** The day of the latest report, ISO, in Thailand. */
  reportedOn: string;
  isStorageNearlyFull: boolean;
}

/** A device's report, as it is kept. A higher revision replaces a lower one. */
export interface StoredDeviceReport extends DeviceState {
  revision: number;
  finished: number;
  acknowledged: number;
}

/** A device that needs somebody. `isWrittenOff`: an admin has given it up. */
export interface TroubledDevice extends DeviceState {
  isWrittenOff: boolean;
}

/** What the devices of some channels report, taken together. */
export interface DeviceSums {
  devices: number;
  finished: number;
  acknowledged: number;
  waiting: number;
  refused: number;
}

/** Part of Storage: what devices report of themselves. */
export interface DeviceStorage {
  /**
   * Keeps each report unless a higher revision, or one of another channel, is there under its id; takes back that its device
   * was given up. New devices of a channel that has about `mostPerChannel` are left out.
   */
  keepDeviceReports(reports: readonly StoredDeviceReport[], mostPerChannel: number): Promise<void>;
  sumDeviceReports(channels: readonly string[]): Promise<DeviceSums>;
  /** How many of the channels have at least `mostPerChannel` devices. */
  countCrowded(channels: readonly string[], mostPerChannel: number): Promise<number>;
  /** How many responses wait on all devices, by what they reported; none of assessments that were deleted. */
  countWaiting(): Promise<number>;
  /**
   * The devices on which something waits, was refused or whose storage is nearly full, at most some thousand: those given
   * up come last, and of the others the longest waiting first.
   */
  listTroubledDevices(channels: readonly string[]): Promise<TroubledDevice[]>;
  /** Gives a device of the channels up, or takes that back; false if there is none of that id. */
  writeOffDevice(channels: readonly string[], id: string, isWrittenOff: boolean): Promise<boolean>;
}

export const createDeviceStorage = (
  database: Kysely<Tables>,
  findPlaces: FindPlaces,
): DeviceStorage => ({
  async keepDeviceReports(reports, mostPerChannel) {
    const places = await findPlaces(reports.map(({ channel }) => channel));
    return keepDeviceReports(database, reports, mostPerChannel, places);
  },
  sumDeviceReports: async (channels) => sumDeviceReports(database, await findPlaces(channels)),
  countCrowded: async (channels, mostPerChannel) =>
    countCrowded(database, await findPlaces(channels), mostPerChannel),
  countWaiting: () => countWaiting(database),
  listTroubledDevices: async (channels) =>
    selectTroubledDevices(database, await findPlaces(channels)),
  writeOffDevice: async (channels, id, isWrittenOff) =>
    writeOffDevice(database, await findPlaces(channels), id, isWrittenOff),
});
