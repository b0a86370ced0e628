import type { Lease } from '../local/lease.ts';
import type { SyncEnvironment } from './environment.ts';
import { REQUEST_LIMIT_MS } from './request.ts';

const NAME = 'sucharit-sending';

/**
 * How long a tab waits for another one to finish sending: as long as two of its requests may take. A tab that was frozen
 * while it held the lock must not keep the others from sending for ever, and two that send at once do no harm but waste.
 */
export const TURN_LIMIT_MS = 2 * REQUEST_LIMIT_MS;

/** How often a tab asks for a lease that another one has. */
const ASK_EVERY_MS = 1_000;

const NOTHING_TO_GIVE_BACK = () => undefined;

/**
 * The turn to send, by a Web Lock that is held while sending; by a lease in the device's storage where the browser has no
 * locks (Safari before 15.4, plain HTTP).
 */
export async function takeTurn(
  locks: LockManager | undefined,
  after: SyncEnvironment['after'],
  lease?: Lease,
): Promise<() => void> {
  if (!locks) return lease ? leaseTurn(after, lease) : NOTHING_TO_GIVE_BACK;
  const patience = new AbortController();
  const callOff = after(TURN_LIMIT_MS, () => patience.abort());
  return new Promise((resolve) => {
    locks
      .request(NAME, { signal: patience.signal }, async () => {
        callOff();
        await new Promise<void>((giveBack) => {
          resolve(giveBack);
        });
      })
      // Waited long enough, or locks are forbidden here.
      .catch(() => resolve(NOTHING_TO_GIVE_BACK));
  });
}

/** Counts its tries instead of asking the clock, which may jump. Without a storage there is nothing to wait for. */
async function leaseTurn(after: SyncEnvironment['after'], lease: Lease): Promise<() => void> {
  for (let waitedMs = 0; waitedMs < TURN_LIMIT_MS; waitedMs += ASK_EVERY_MS) {
    try {
      if (await lease.take()) return () => void lease.giveBack();
    } catch {
      break;
    }
    await new Promise<void>((resolve) => {
      after(ASK_EVERY_MS, resolve);
    });
  }
  return NOTHING_TO_GIVE_BACK;
}
