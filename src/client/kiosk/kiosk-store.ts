import * as z from 'zod/mini';
import { type KioskSettings, kioskSettingsSchema } from '#core/contract/kiosk.ts';
import { NO_ATTEMPTS, type PinAttempts } from '#core/kiosk/pin-attempts.ts';

const KEY = 'sucharit:kiosk';

/**
 * What the device knows of itself as a kiosk.
 *
 *     none -> linked -> enrolled -> revoked
 *              ^----------'------------'     a new link
 *
 * `token` is the device's own: made here, and the server knows its hash.
 */
const standingSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('linked'), link: z.string(), token: z.string() }),
  z.object({ state: z.literal('enrolled'), token: z.string(), settings: kioskSettingsSchema }),
  z.object({ state: z.literal('revoked') }),
]);

export type KioskStanding = z.infer<typeof standingSchema>;

const keptSchema = z.object({
  standing: standingSchema,
  attempts: z.object({ wrong: z.number(), at: z.number() }),
});

/** Lives in the browser's `localStorage`: it outlasts a reboot. Nothing of what people answer is ever in it. */
export interface KioskStore {
  readStanding(): KioskStanding;
  keepStanding(standing: KioskStanding): void;
  /** True if what it keeps outlasts the page. */
  isLasting(): boolean;
  readAttempts(): PinAttempts;
  keepAttempts(attempts: PinAttempts): void;
}

type Kept = z.infer<typeof keptSchema>;

/** `storage` null or forbidden: what is kept is gone with the page. What cannot be read counts as nothing. */
export function createKioskStore(storage: Storage | null): KioskStore {
  function read(): Kept {
    try {
      const kept = keptSchema.safeParse(JSON.parse(storage?.getItem(KEY) ?? 'null'));
      if (kept.success) return kept.data;
    } catch {
      // Not ours, or forbidden.
    }
    return { standing: { state: 'none' }, attempts: NO_ATTEMPTS };
  }
  let kept = read();
  function keep(changed: Kept): boolean {
    kept = changed;
    try {
      storage?.setItem(KEY, JSON.stringify(kept));
      return storage !== null;
    } catch {
      // No room; see above.
      return false;
    }
  }
  return {
    readStanding: () => kept.standing,
    keepStanding: (standing) => void keep({ ...kept, standing }),
    isLasting: () => keep(kept),
    readAttempts: () => kept.attempts,
    keepAttempts: (attempts) => void keep({ ...kept, attempts }),
  };
}

/** True once there is something to ask people. */
export function settingsOf(standing: KioskStanding): KioskSettings | null {
  return standing.state === 'enrolled' ? standing.settings : null;
}
