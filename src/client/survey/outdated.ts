import { computed, effect } from '@preact/signals';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import type { Outbox } from '../sync/outbox.ts';

const waitsForUpdate = ({ state }: OutboxEntry) =>
  state.kind === 'waiting' && state.reason === 'outdated';

/** Calls `check` each time the server has said that this build is too old to send what waits. */
export function whenOutdated(outbox: Outbox, check: () => void): void {
  const isOutdated = computed(() => outbox.entries.value.some(waitsForUpdate));
  effect(() => {
    if (isOutdated.value) check();
  });
}
