/** How long somebody has to say that they are still there. WCAG 2.2.1 asks for 20 seconds at least. */
export const ASK_MS = 20_000;

/** Whoever was away for longer does not come back: a tablet that slept wakes up wiped, and not with a question. */
export const GONE_MS = 5 * 60_000;

/**
 * Whether somebody is still there. Times are milliseconds since the epoch.
 *
 *     active -> asking -> over
 *        ^---------'          stay()
 */
export type Presence =
  | { kind: 'active'; since: number }
  | { kind: 'asking'; since: number }
  | { kind: 'over' };

/** Somebody did something, or said that they are still there. */
export function stay(now: number): Presence {
  return { kind: 'active', since: now };
}

/** Something was touched. Whoever is asked has to answer the question: the touch may be of somebody who comes next. */
export function touched(presence: Presence, now: number): Presence {
  return presence.kind === 'active' ? stay(now) : presence;
}

/** What has become of it by now. A clock that is set back begins anew. */
export function presenceAt(presence: Presence, idleMs: number, now: number): Presence {
  if (presence.kind === 'over') return presence;
  const passed = now - presence.since;
  if (passed < 0) return { ...presence, since: now };
  if (presence.kind === 'asking') return passed >= ASK_MS ? { kind: 'over' } : presence;
  if (passed >= idleMs + GONE_MS) return { kind: 'over' };
  return passed >= idleMs ? { kind: 'asking', since: now } : presence;
}

/** Whole seconds that are left to answer. */
export function secondsLeft({ since }: { since: number }, now: number): number {
  return Math.max(0, Math.ceil((since + ASK_MS - now) / 1000));
}
