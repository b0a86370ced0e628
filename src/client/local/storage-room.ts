/** What the browser says of the room it gives us. `usedShare` is in [0, 1], null where it does not tell. */
export interface StorageRoom {
  /** `granted`: the browser promises not to clear it by itself; `unknown` where it cannot be asked. */
  persistence: 'granted' | 'not-granted' | 'unknown';
  usedShare: number | null;
}

const UNKNOWN: StorageRoom = { persistence: 'unknown', usedShare: null };

/** From this share on, staff are warned while there is still room for what comes in. */
const NEARLY_FULL_SHARE = 0.8;

/** False where the browser does not tell. */
export function isNearlyFull(room: StorageRoom | null): boolean {
  return (room?.usedShare ?? 0) >= NEARLY_FULL_SHARE;
}

/** Reads what was granted. Never rejects; `storage` is `navigator.storage`, missing on plain HTTP and in old browsers. */
export async function readStorageRoom(storage: StorageManager | undefined): Promise<StorageRoom> {
  if (!storage?.persisted || !storage.estimate) return UNKNOWN;
  try {
    const [isPersisted, { usage, quota }] = await Promise.all([
      storage.persisted(),
      storage.estimate(),
    ]);
    return {
      persistence: isPersisted ? 'granted' : 'not-granted',
      usedShare: usage === undefined || !quota ? null : usage / quota,
    };
  } catch {
    return UNKNOWN;
  }
}

/** Asks the browser not to clear our storage. Nobody waits for the answer: Firefox may ask the person and hang on it. */
export function askForPersistence(storage: StorageManager | undefined): void {
  storage?.persist?.().catch(() => undefined);
}
