import type { ServerStanding } from '#core/contract/epoch.ts';
import { readStanding } from '#core/outbox/read-reply.ts';
import { isNearlyFull, type StorageRoom } from '../local/storage-room.ts';
import type { OutboxStore } from '../local/outbox-store.ts';
import type { SyncEnvironment } from './environment.ts';
import { post } from './request.ts';

/** How often a page that stays open tells the server all of it, and hears its epoch. */
export const REPORT_EVERY_MS = 3_600_000;

const doNothing = () => {};

export interface ReportingEffects {
  store: OutboxStore;
  environment: SyncEnvironment;
  room(): StorageRoom | null;
  /** The epoch known now. */
  epoch(): string | null;
  /** What the server told, asked for when that epoch was known. */
  hear(standing: ServerStanding, sentIn: string | null): void;
}

export interface Reporting {
  /** Tells the server what has changed since it was told, or all of it. Returns at once. */
  report(which: 'due' | 'all'): void;
  stop(): void;
}

/**
 * Tells the server how many responses this device finished and what became of them (docs/protocol.md), and every hour all of
 * it again. One request for each channel, so that nothing says which channels belong to one device; one after the other. What
 * fails is told at the next occasion.
 */
export function startReporting(effects: ReportingEffects): Reporting {
  const { store, environment } = effects;
  let isStopped = false;
  let isReporting = false;
  let asked: 'nothing' | 'due' | 'all' = 'nothing';
  let callOff = doNothing;

  async function sendReports(which: 'due' | 'all'): Promise<void> {
    if (isStopped) return;
    const reports = await store.readReports(which, environment.now(), isNearlyFull(effects.room()));
    for (const report of reports) {
      if (isStopped) return;
      const sentIn = effects.epoch();
      const body = JSON.stringify({ reports: [report] });
      const reply = await post('/api/v1/device-reports', body, environment);
      const standing = reply.kind === 'text' ? readStanding(reply.text) : null;
      if (standing === null || isStopped) return;
      effects.hear(standing, sentIn);
      await store.markReported(report);
    }
  }

  /** One round after the other; whoever asks meanwhile gets one more. */
  async function run(): Promise<void> {
    if (isReporting) return;
    isReporting = true;
    while (asked !== 'nothing') {
      const which = asked;
      asked = 'nothing';
      await sendReports(which).catch(doNothing);
    }
    isReporting = false;
  }

  function everyHour(): void {
    callOff = environment.after(REPORT_EVERY_MS, () => {
      asked = 'all';
      void run();
      everyHour();
    });
  }
  everyHour();

  return {
    report(which) {
      if (asked !== 'all') asked = which;
      void run();
    },
    stop() {
      isStopped = true;
      callOff();
    },
  };
}
