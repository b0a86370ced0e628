import { dayInBangkok } from '#core/life/day.ts';
import { pastChanges } from '#core/life/state-on.ts';
import { noteOfServer } from '../auditing/server-act.ts';
import type { Storage } from '../storage/storage.ts';

/** Tells the log of each opening and closing that a date has brought, once; `now`: milliseconds since 1970. */
export async function tellDates(
  storage: Pick<Storage, 'listLives' | 'appendAuditOnce'>,
  now: number,
): Promise<void> {
  const today = dayInBangkok(now);
  const lives = await storage.listLives();
  await storage.appendAuditOnce(
    lives.flatMap(({ id, life }) =>
      pastChanges(life, today).map(({ state, day }) =>
        noteOfServer(now, 'assessment-state-changed', { assessment: id, details: { state, day } }),
      ),
    ),
  );
}
