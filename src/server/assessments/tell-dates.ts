import { dayInBangkok } from '#core/life/day.ts';
import { pastChanges } from '#core/life/state-on.ts';
import { noteOfServer } from '../auditing/server-act.ts';
import type { Storage } from '../storage/storage.ts';

/** Tells the log of each opening and closing that a date has brought, once; `now`: milliseconds since 1970. */
export async function tellDates(storage: Storage, now: number): Promise<void> {
  for (const { id, life, deletedOn } of await storage.listAssessments())
    for (const { state, day } of deletedOn === null ? pastChanges(life, dayInBangkok(now)) : [])
      await storage.appendAuditOnce(
        noteOfServer(now, 'assessment-state-changed', { assessment: id, details: { state, day } }),
      );
}
