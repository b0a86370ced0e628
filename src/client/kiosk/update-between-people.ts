import { effect, type ReadonlySignal } from '@preact/signals';
import { isAllSafe } from '../survey/delivery.ts';
import type { AppUpdate } from '../survey/update.ts';
import type { Outbox } from '../sync/outbox.ts';
import { isBetweenPeople, type KioskScreen } from './kiosk-screen.ts';

/** Puts a newer version to work by itself, as soon as nobody is at the tablet and nothing is in this page alone. */
export function updateBetweenPeople(
  update: Pick<AppUpdate, 'state' | 'apply'>,
  screen: ReadonlySignal<KioskScreen>,
  outbox: ReadonlySignal<Outbox | null>,
): void {
  effect(() => {
    const isFree = isBetweenPeople(screen.value);
    const isSafe = outbox.value === null || isAllSafe(outbox.value);
    if (update.state.value === 'ready' && isFree && isSafe) update.apply();
  });
}
