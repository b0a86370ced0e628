import { createDatabase } from './database.ts';
import { createDeviceStore, STORAGE_LIMIT_MS } from './device-store.ts';
import type { OutboxStore } from './outbox-store.ts';

/**
 * The outbox on the device. Never rejects: where the storage cannot be opened now, every call says so, and the next one tries
 * again.
 */
export async function openStore(
  database = createDatabase(),
  limitMs = STORAGE_LIMIT_MS,
): Promise<OutboxStore> {
  return createDeviceStore(database, limitMs);
}
