import type { SyncEnvironment } from './environment.ts';
import { REQUEST_LIMIT_MS } from './send-batch.ts';

const NAME = 'sucharit-sending';

/**
 * How long a tab waits for another one to finish sending: as long as two of its requests may take. A tab that was frozen
 * while it held the lock must not keep the others from sending for ever, and two that send at once do no harm but waste.
 */
export const TURN_LIMIT_MS = 2 * REQUEST_LIMIT_MS;

const NOTHING_TO_GIVE_BACK = () => undefined;

/** The turn to send, by a Web Lock that is held while sending; at once where the browser has no locks (Safari before 15.4). */
export async function takeTurn(
  locks: LockManager | undefined,
  after: SyncEnvironment['after'],
): Promise<() => void> {
  if (!locks) return NOTHING_TO_GIVE_BACK;
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
