// The PIN in front of the staff's screen: who may try it, and when again.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { KioskSettings } from '#core/contract/kiosk.ts';
import { afterWrongPin, NO_ATTEMPTS, pinWaitMs } from '#core/kiosk/pin-attempts.ts';
import { opensLock } from '#core/kiosk/pin.ts';
import type { KioskStore } from './kiosk-store.ts';

interface PinDoor {
  /** Milliseconds until a PIN may be tried again. */
  readonly wait: ReadonlySignal<number>;
  /** Time has passed. */
  tick: () => void;
  /** Whether it opens; false without a look at it while nobody may try. */
  opens: (pin: string, lock: KioskSettings['pin']) => Promise<boolean>;
}

interface PinDoorEffects {
  now: () => number;
  store: Pick<KioskStore, 'readAttempts' | 'keepAttempts'>;
}

export function createPinDoor({ now, store }: PinDoorEffects): PinDoor {
  const waitNow = () => pinWaitMs(store.readAttempts(), now());
  const wait = signal(waitNow());
  const tick = () => {
    wait.value = waitNow();
  };
  return {
    wait,
    tick,
    async opens(pin, lock) {
      if (waitNow() > 0) return false;
      // Counted before it is looked at: a reload does not give an attempt back.
      store.keepAttempts(afterWrongPin(store.readAttempts(), now()));
      const isRight = await opensLock(pin, lock);
      if (isRight) store.keepAttempts(NO_ATTEMPTS);
      tick();
      return isRight;
    },
  };
}
