/**
 * What can be wrong with the device's storage. full: no room; blocked: another tab holds an old version of the database open;
 * unavailable: anything else, also where the browser gives no storage at all.
 */
export type StorageTrouble = 'none' | 'full' | 'blocked' | 'unavailable';

/** Chrome and Safari, old WebKit, Firefox. */
const QUOTA_NAMES = /quota/i;
const QUOTA_CODES = [22, 1014];

/** The trouble behind what a storage call rejected with. */
export function troubleOf(error: unknown): StorageTrouble {
  return isQuotaError(error) ? 'full' : 'unavailable';
}

function isQuotaError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, inner } = error as { name?: unknown; code?: unknown; inner?: unknown };
  return (
    QUOTA_NAMES.test(String(name)) || QUOTA_CODES.includes(Number(code)) || isQuotaError(inner)
  );
}
