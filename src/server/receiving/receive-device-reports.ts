import type { DeviceReport } from '#core/contract/device-report.ts';
import { dayInBangkok } from '../day.ts';
import type { StoredDeviceReport } from '../storage/device-storage.ts';
import type { Storage } from '../storage/storage.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Most devices of one channel that are remembered. Every visitor of a busy office has one; it is there so that a program
 * which makes devices up cannot fill the disk. What more come are answered like all others, and not stored; admins are told.
 */
export const MOST_DEVICES_PER_CHANNEL = 20_000;

export interface ReportingEffects {
  storage: Storage;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The hour since when the oldest waits, by the server's clock; null where nothing does. */
function waitingSince(report: DeviceReport, now: number): string | null {
  if (report.waiting + report.refused === 0) return null;
  const since = now - (report.oldestWaitingHours ?? 0) * HOUR_MS;
  return new Date(Math.floor(since / HOUR_MS) * HOUR_MS).toISOString();
}

/** Receives what a device reports of its channels; resolves when it is on disk. */
export type ReceiveDeviceReports = (reports: readonly DeviceReport[]) => Promise<void>;

/**
 * Keeps the reports of the channels that this server has. A device may have been at another server's channels as well, so
 * others are left out without a word.
 */
export function createReportReceiver({ storage, now }: ReportingEffects): ReceiveDeviceReports {
  return async function receiveDeviceReports(reports) {
    const codes = [...new Set(reports.map(({ channel }) => channel))];
    const known = new Set((await storage.findChannels(codes)).map(({ code }) => code));
    const kept = reports
      .filter(({ channel }) => known.has(channel))
      .map((report): StoredDeviceReport => {
        const { oldestWaitingHours: _, ...numbers } = report;
        const since = waitingSince(report, now());
        return { ...numbers, waitingSince: since, reportedOn: dayInBangkok(now()) };
      });
    await storage.keepDeviceReports(kept, MOST_DEVICES_PER_CHANNEL);
  };
}
