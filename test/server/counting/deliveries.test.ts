import { describe, expect, test } from 'vitest';
import { deliveriesOf } from '#server/counting/deliveries.ts';
import type { TroubledDevice } from '#server/storage/device-storage.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';

const NOW = Date.parse('2024-11-20T16:30:00Z');
const SUMS = { devices: 4, finished: 412, acknowledged: 409, waiting: 3, refused: 0 };

function device(number: number, changes: Partial<TroubledDevice> = {}): TroubledDevice {
  return {
    id: numberedUuid(number),
    channel: 'AAAAAAAA',
    waiting: 3,
    refused: 0,
    refusedBecause: [],
    waitingSince: '2024-11-20T02:00:00.000Z',
    reportedOn: '2024-11-20',
    isStorageNearlyFull: false,
    isWrittenOff: false,
    ...changes,
  };
}

const DAY_AND_MORE = '2024-11-19T16:00:00.000Z';

describe('deliveries', () => {
  test('are the sums of the devices beside what arrived', () => {
    const found = deliveriesOf({ sums: SUMS, troubled: [], received: 409 }, NOW);
    expect(found).toEqual({ ...SUMS, received: 409, troubled: [] });
  });

  test.each<[string, Partial<TroubledDevice>, boolean]>([
    ['that waits since this morning', {}, false],
    ['that waits for a day and a bit', { waitingSince: DAY_AND_MORE }, true],
    ['that waits since an hour less', { waitingSince: '2024-11-19T17:00:00.000Z' }, false],
    ['whose refused ones lie there', { waitingSince: DAY_AND_MORE, waiting: 0, refused: 1 }, true],
    ['with nothing there any more', { waitingSince: DAY_AND_MORE, waiting: 0 }, false],
    ['that cannot say since when', { waitingSince: null }, false],
    ['that was given up', { waitingSince: DAY_AND_MORE, isWrittenOff: true }, false],
    ['that has little space', { waiting: 0, waitingSince: null, isStorageNearlyFull: true }, false],
  ])('of a device %s', (_, changes, isAlarming) => {
    const facts = { sums: SUMS, troubled: [device(1, changes)], received: 0 };
    expect(deliveriesOf(facts, NOW).troubled).toEqual([{ ...device(1, changes), isAlarming }]);
  });

  test('raise the alarm after 24 hours, not at them', () => {
    const facts = {
      sums: SUMS,
      troubled: [device(1, { waitingSince: DAY_AND_MORE })],
      received: 0,
    };
    const at = Date.parse(DAY_AND_MORE) + 24 * 60 * 60 * 1000;
    expect(deliveriesOf(facts, at).troubled[0]?.isAlarming).toBe(false);
    expect(deliveriesOf(facts, at + 1).troubled[0]?.isAlarming).toBe(true);
  });

  test('name the device that waits longest first, and those on which nothing waits last', () => {
    const troubled = [
      device(1, { waitingSince: null, waiting: 0, isStorageNearlyFull: true }),
      device(4),
      device(2),
      device(3, { waitingSince: DAY_AND_MORE, isWrittenOff: true }),
    ];
    const found = deliveriesOf({ sums: SUMS, troubled, received: 0 }, NOW);
    expect(found.troubled.map(({ id }) => id)).toEqual([3, 2, 4, 1].map(numberedUuid));
  });
});
