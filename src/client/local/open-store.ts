import { Database } from './database.ts';
import { createDeviceStore, STORAGE_LIMIT_MS } from './device-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import { withinTime } from './within-time.ts';

/** The device's own storage if it can be opened within a few seconds, else memory. Never rejects. */
export async function openStore(
  database = new Database(),
  limitMs = STORAGE_LIMIT_MS,
): Promise<OutboxStore> {
  try {
    await withinTime(database.open(), limitMs);
    return createDeviceStore(database, limitMs);
  } catch {
    return createMemoryStore();
  }
}
