import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { EntryState, OutboxEntry } from '#core/outbox/entry.ts';
import { whenOutdated } from '#client/survey/outdated.ts';
import type { Outbox } from '#client/sync/outbox.ts';
import { entryOf } from '../../core/outbox/envelopes.ts';

const OUTDATED: EntryState = { kind: 'waiting', until: 1, reason: 'outdated' };

test('a newer version is looked for each time the server has said that this one is too old', () => {
  const entries = signal<readonly OutboxEntry[]>([]);
  const check = vi.fn<() => void>();
  whenOutdated({ entries } as unknown as Outbox, check);
  entries.value = [entryOf(1), entryOf(2, { kind: 'waiting', until: 1, reason: 'network' })];
  expect(check).not.toHaveBeenCalled();
  entries.value = [entryOf(1, OUTDATED), entryOf(2)];
  entries.value = [entryOf(1, OUTDATED), entryOf(2, OUTDATED)];
  expect(check).toHaveBeenCalledTimes(1);
  entries.value = [entryOf(1, { kind: 'sending' })];
  entries.value = [entryOf(1, OUTDATED)];
  expect(check).toHaveBeenCalledTimes(2);
});
