import type { Life, LifeState } from '../contract/life.ts';
import { addDays } from './day.ts';

/**
 * The state of an assessment on a day (ISO, in Thailand). The dates take effect by themselves: a draft opens on the morning
 * of its first day, and what is open closes at midnight after its last one. What an admin closed or archived stays so.
 */
export function stateOn({ state, opensOn, closesOn }: Life, day: string): LifeState {
  if (state === 'closed' || state === 'archived') return state;
  if (state === 'draft' && (opensOn === null || day < opensOn)) return 'draft';
  return closesOn !== null && day > closesOn ? 'closed' : 'open';
}

/** What the dates will change by themselves. `day` is the first one in the new state. */
export interface ComingChange {
  day: string;
  state: LifeState;
}

/** What happens next by itself after a day; null if nothing does. */
export function comingChange(life: Life, day: string): ComingChange | null {
  const state = stateOn(life, day);
  if (state === 'draft' && life.opensOn !== null) return { day: life.opensOn, state: 'open' };
  if (state === 'open' && life.closesOn !== null)
    return { day: addDays(life.closesOn, 1), state: 'closed' };
  return null;
}

/** What the dates have changed by themselves until a day, the latest last, however long ago. */
export function pastChanges({ state, opensOn, closesOn }: Life, day: string): ComingChange[] {
  const opened: ComingChange[] =
    state === 'draft' && opensOn !== null && opensOn <= day
      ? [{ day: opensOn, state: 'open' }]
      : [];
  const isOpened = state === 'open' || opened.length > 0;
  if (!isOpened || closesOn === null || day <= closesOn) return opened;
  return [...opened, { day: addDays(closesOn, 1), state: 'closed' }];
}
