import type { ServerStanding } from '#core/contract/epoch.ts';

/** Devices keep what was acknowledged for days, so a minute in an epoch that is over costs a duplicate and no more. */
export const LOOK_EVERY_MS = 60_000;

/**
 * Keeps the epoch in what devices are told true while the server runs: a standby may take over behind the same address, and
 * another server on the database may have seen it first. Returns what ends that. Whatever hinders a look is met by the requests too,
 * which say so.
 */
export function keepStanding(
  standing: ServerStanding,
  readEpoch: () => Promise<string>,
): () => void {
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      standing.epoch = await readEpoch();
    } catch {
      // The next look will tell.
    }
    isLooking = false;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
