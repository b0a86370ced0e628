import { LONGEST_QUIET_MS } from './backoff.ts';
import type { OutboxState } from './state.ts';

/** True while the server's Retry-After holds. */
export function isQuiet(state: OutboxState, now: number): boolean {
  return state.quietUntil > now && !isBeyondAnyWait(state.quietUntil, now);
}

/** True where no wait can end that late: the clock was set back since it began. */
export function isBeyondAnyWait(until: number, now: number): boolean {
  return until - now > LONGEST_QUIET_MS;
}
