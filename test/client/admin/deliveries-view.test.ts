import { describe, expect, it } from 'vitest';
import type { Deliveries } from '#core/contract/deliveries.ts';
import {
  alarmCounts,
  alarmsOf,
  givenUpIn,
  waitingOnDevices,
  type TroubledDevice,
} from '#client/admin/deliveries/deliveries-view.ts';

function device(known: Partial<TroubledDevice>): TroubledDevice {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    channel: 'HMFH4MEC',
    waiting: 0,
    refused: 0,
    refusedBecause: [],
    waitingSince: null,
    reportedOn: '2025-11-20',
    isStorageNearlyFull: false,
    isWrittenOff: false,
    isAlarming: false,
    ...known,
  };
}

function deliveries(troubled: TroubledDevice[], known: Partial<Deliveries> = {}): Deliveries {
  const counts = { devices: 9, finished: 412, acknowledged: 409, waiting: 3, refused: 0 };
  return {
    ...counts,
    received: 409,
    crowdedChannels: 0,
    isServerNearlyFull: false,
    troubled,
    ...known,
  };
}

const late = device({ waiting: 3, waitingSince: '2025-11-18T02:00:00Z', isAlarming: true });

describe('what a device is alarming for', () => {
  it('is nothing while something waits that is not late', () => {
    expect(alarmsOf(device({ waiting: 3, waitingSince: '2025-11-20T02:00:00Z' }))).toEqual([]);
  });

  it('is each thing that is wrong', () => {
    expect(alarmsOf({ ...late, refused: 1, isStorageNearlyFull: true })).toEqual([
      'late',
      'full',
      'refused',
    ]);
  });

  it('is not lateness where only a full storage alarms', () => {
    expect(alarmsOf(device({ isStorageNearlyFull: true, isAlarming: true }))).toEqual(['full']);
  });

  it('is nothing once the device is written off', () => {
    expect(alarmsOf({ ...late, refused: 1, isWrittenOff: true })).toEqual([]);
  });
});

describe('the alarms of an assessment', () => {
  it('begin with a server that has no room', () => {
    const full = deliveries([late], { isServerNearlyFull: true });
    expect(alarmCounts(full)).toEqual([
      { kind: 'server', n: 1 },
      { kind: 'late', n: 1 },
    ]);
  });

  it('tell of channels of which not all devices are remembered', () => {
    expect(alarmCounts(deliveries([], { crowdedChannels: 2 }))).toEqual([
      { kind: 'crowded', n: 2 },
    ]);
  });

  it('count devices that are late or full and responses that were refused', () => {
    const troubled = [
      late,
      { ...late, refused: 2 },
      device({ refused: 3, isStorageNearlyFull: true }),
    ];
    expect(alarmCounts(deliveries(troubled))).toEqual([
      { kind: 'late', n: 2 },
      { kind: 'full', n: 1 },
      { kind: 'refused', n: 5 },
    ]);
  });

  it('leave out what was refused on a device that is written off', () => {
    const troubled = [device({ refused: 3, isWrittenOff: true })];
    expect(alarmCounts(deliveries(troubled))).toEqual([]);
  });

  it('begin with what the server has lost', () => {
    expect(alarmCounts(deliveries([late], { received: 400 }))[0]).toEqual({
      kind: 'missing',
      n: 9,
    });
  });

  it('do not tell of more received than devices reported', () => {
    expect(alarmCounts(deliveries([], { received: 1_000 }))).toEqual([]);
  });
});

describe('what waits on devices', () => {
  it('is added up, since the oldest began to wait', () => {
    const newer = device({ waiting: 2, waitingSince: '2025-11-19T02:00:00Z' });
    const unknown = device({ waiting: 1 });
    expect(waitingOnDevices(deliveries([newer, late, unknown]))).toEqual({
      responses: 6,
      devices: 3,
      since: '2025-11-18T02:00:00Z',
    });
  });

  it('is told apart from what is on devices that were given up', () => {
    const gone = device({ waiting: 4, refused: 2, isWrittenOff: true });
    expect(givenUpIn(deliveries([late, gone]))).toBe(6);
  });

  it('is nothing on devices that are written off or only refuse', () => {
    const troubled = [{ ...late, isWrittenOff: true }, device({ refused: 1 })];
    expect(waitingOnDevices(deliveries(troubled))).toBeNull();
  });
});
