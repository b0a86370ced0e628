/**
 * What can be wrong with the device's storage. full: no room; blocked: another tab holds an old version of the database open;
 * unavailable: anything else, also where the browser gives no storage at all.
 */
export type StorageTrouble = 'none' | 'full' | 'blocked' | 'unavailable';

/** The database cannot be upgraded as long as another page holds the old version open. */
export class StorageBlocked extends Error {
  constructor() {
    super();
    // No field: for those the oldest browsers get helpers, on every phone.
    this.name = 'StorageBlocked';
  }
}

const QUOTA_WORDS =
  /quota|no_(?:device_)?space|full disk|(?:disk|storage|database) (?:is )?full|enough (?:disk |storage )?space|space left/i;

/** The trouble behind what a storage call rejected with. */
export function troubleOf(error: unknown): StorageTrouble {
  if (error instanceof StorageBlocked) return 'blocked';
  return isQuotaError(error) ? 'full' : 'unavailable';
}

/**
 * Want of room goes by many names: QuotaExceededError, in Firefox NS_ERROR_DOM_QUOTA_REACHED (1014) and
 * NS_ERROR_FILE_NO_DEVICE_SPACE, in old browsers only code 22; Safari and Chrome also say it in the message of an
 * UnknownError ("not enough space", "disk is full").
 */
function isQuotaError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, code } = error as Record<string, unknown>;
  return code === 22 || code === 1014 || QUOTA_WORDS.test(`${String(name)} ${String(message)}`);
}
