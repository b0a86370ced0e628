import type { Place } from '../places.ts';

/** What a device says of one channel. Nothing leads from here to a response, or to another channel of the device. */
interface DeviceReportTable extends Place {
  id: string;
  channel: string;
  revision: number;
  finished: number;
  acknowledged: number;
  waiting: number;
  refused: number;
  /** Problem codes as JSON. */
  refused_because: string;
  /** Since when the oldest waits, ISO, UTC, cut to the hour; null where nothing waits. */
  waiting_since: string | null;
  /** The day of the latest report, ISO, in Thailand. */
  reported_on: string;
  /** 0 or 1. */
  storage_nearly_full: number;
  /** 0 or 1: an admin has given the device up. */
  written_off: number;
}

/** What devices say of themselves. */
export interface DeviceTables {
  device_reports: DeviceReportTable;
}
