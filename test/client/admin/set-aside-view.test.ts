import { describe, expect, it } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { quarantineGroups } from '#client/admin/set-aside/set-aside-view.ts';

describe('what is quarantined', () => {
  it('stands by reason, what a retry counts first, with the channels of one reason together', () => {
    const unknown = problemOf('instrument-unknown');
    const groups = quarantineGroups({
      quarantined: [
        { channel: 'HMFH4MEC', problem: unknown, count: 2 },
        { channel: 'K7RM3XAE', problem: problemOf('instrument-unknown', 'protocol'), count: 1 },
        { channel: 'K7RM3XAE', problem: problemOf('item-missing', 'I3'), count: 1 },
        { channel: 'K7RM3XAE', problem: problemOf('item-missing', 'I4'), count: 4 },
        { channel: 'K7RM3XAE', problem: unknown, count: 3 },
        { channel: 'HMFH4MEC', problem: null, count: 5 },
      ],
      conflicts: [],
      uncounted: [],
    });
    expect(groups).toEqual([
      { reason: 'ready', channels: [{ channel: 'HMFH4MEC', count: 5 }] },
      {
        reason: 'instrument',
        channels: [
          { channel: 'HMFH4MEC', count: 2 },
          { channel: 'K7RM3XAE', count: 3 },
        ],
      },
      { reason: 'newer', channels: [{ channel: 'K7RM3XAE', count: 1 }] },
      { reason: { problem: 'item-missing' }, channels: [{ channel: 'K7RM3XAE', count: 5 }] },
    ]);
  });
});
