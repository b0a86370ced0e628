import type { Deliveries } from '#core/contract/deliveries.ts';

export type TroubledDevice = Deliveries['troubled'][number];

/** What needs somebody: waiting for too long, a storage nearly full, something refused, less here than was acknowledged. */
export type Alarm = 'late' | 'full' | 'refused' | 'missing';

/** What is wrong with one device. A device that is gone alarms nobody any more. */
export function alarmsOf(device: TroubledDevice): Alarm[] {
  if (device.isWrittenOff) return [];
  const alarms: Alarm[] = [];
  if (device.isAlarming && device.waiting > 0) alarms.push('late');
  if (device.isStorageNearlyFull) alarms.push('full');
  if (device.refused > 0) alarms.push('refused');
  return alarms;
}

/** The devices that an admin has not given up. */
export function liveDevices({ troubled }: Deliveries): TroubledDevice[] {
  return troubled.filter(({ isWrittenOff }) => !isWrittenOff);
}

/** All that is told of, the devices that are given up at the end. */
export function liveFirst(deliveries: Deliveries): TroubledDevice[] {
  const given = deliveries.troubled.filter(({ isWrittenOff }) => isWrittenOff);
  return [...liveDevices(deliveries), ...given];
}

/** How many the devices heard acknowledged that the server does not hold, as after an older backup was restored. */
function missingIn({ acknowledged, received }: Deliveries): number {
  return Math.max(0, acknowledged - received);
}

/**
 * One kind of alarm over all devices, channels and the server. n: devices that are late or nearly full, responses that are refused or
 * missing, channels of which not all devices are remembered.
 */
export interface AlarmCount {
  kind: Alarm | 'crowded' | 'server';
  n: number;
}

/** Everything that needs somebody, each kind once, the most urgent first. */
export function alarmCounts(deliveries: Deliveries): AlarmCount[] {
  const live = liveDevices(deliveries);
  const devices = (kind: Alarm) => live.filter((device) => alarmsOf(device).includes(kind)).length;
  const counts: AlarmCount[] = [
    { kind: 'server', n: Number(deliveries.isServerNearlyFull) },
    { kind: 'missing', n: missingIn(deliveries) },
    { kind: 'late', n: devices('late') },
    { kind: 'full', n: devices('full') },
    { kind: 'crowded', n: deliveries.crowdedChannels },
    { kind: 'refused', n: live.reduce((sum, { refused }) => sum + refused, 0) },
  ];
  return counts.filter(({ n }) => n > 0);
}

export interface WaitingOnDevices {
  responses: number;
  devices: number;
  /** Since when the oldest waits: ISO, UTC, cut to the hour; null = no device could tell. */
  since: string | null;
}

/** What waits on the devices that are not given up; null = nothing. */
export function waitingOnDevices(deliveries: Deliveries): WaitingOnDevices | null {
  const waiting = liveDevices(deliveries).filter((device) => device.waiting > 0);
  if (waiting.length === 0) return null;
  const known = waiting.flatMap(({ waitingSince }) => waitingSince ?? []);
  return {
    responses: waiting.reduce((sum, device) => sum + device.waiting, 0),
    devices: waiting.length,
    since: known.sort()[0] ?? null,
  };
}

/** How many are on devices that were given up: waiting or refused there, and lost unless the device comes back. */
export function givenUpIn({ troubled }: Deliveries): number {
  return troubled
    .filter(({ isWrittenOff }) => isWrittenOff)
    .reduce((sum, { waiting, refused }) => sum + waiting + refused, 0);
}
