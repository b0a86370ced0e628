import { entryOfRow, rowOf, type OutboxRow } from './outbox-row.ts';
import type { OutboxStore } from './outbox-store.ts';

/** The outbox of a page without IndexedDB (private mode of older browsers, storage forbidden): it lasts as long as the page. */
export function createMemoryStore(): OutboxStore {
  const rows = new Map<string, OutboxRow>();
  return {
    keeping: 'memory',
    async read() {
      const entries = [...rows.values()].flatMap((row) => entryOfRow(row) ?? []);
      entries.sort((a, b) => a.keptAt - b.keptAt);
      return { entries, unreadable: rows.size - entries.length };
    },
    async write(entries) {
      for (const entry of entries) rows.set(entry.envelope.id, rowOf(entry));
    },
    async remove(ids) {
      for (const id of ids) rows.delete(id);
    },
  };
}
