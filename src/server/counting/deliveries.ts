import { ALARM_AFTER_HOURS, type Deliveries } from '#core/contract/deliveries.ts';
import type { DeviceSums, TroubledDevice } from '../storage/device-storage.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What is known of an assessment's devices and of what arrived. `received`: responses, counted and set aside. */
export interface DeliveryFacts {
  sums: DeviceSums;
  troubled: readonly TroubledDevice[];
  received: number;
}

function isAlarming(device: TroubledDevice, now: number): boolean {
  if (device.isWrittenOff || device.waitingSince === null) return false;
  if (device.waiting + device.refused === 0) return false;
  return now - Date.parse(device.waitingSince) > ALARM_AFTER_HOURS * HOUR_MS;
}

/** The longest waiting first; those on which nothing waits at the end. */
function byWaiting(a: TroubledDevice, b: TroubledDevice): number {
  if (a.waitingSince !== b.waitingSince) {
    if (a.waitingSince === null) return 1;
    if (b.waitingSince === null) return -1;
    return a.waitingSince < b.waitingSince ? -1 : 1;
  }
  return a.id < b.id ? -1 : 1;
}

/**
 * What the devices finished against what arrived, at a moment (milliseconds since 1970). What a device that was written off
 * reported stays in the sums: it was finished, and it is not here.
 */
export function deliveriesOf(
  { sums, troubled, received }: DeliveryFacts,
  now: number,
): Omit<Deliveries, 'isServerNearlyFull' | 'crowdedChannels'> {
  return {
    ...sums,
    received,
    troubled: troubled.toSorted(byWaiting).map((device) => ({
      ...device,
      refusedBecause: [...device.refusedBecause],
      isAlarming: isAlarming(device, now),
    })),
  };
}
