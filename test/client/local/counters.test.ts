import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceReportsSchema } from '#core/contract/device-report.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { problemOf } from '#core/contract/problem.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { entryOf, idOf } from '../../core/outbox/envelopes.ts';
import { newStore } from './new-store.ts';

const CHANNELS = [makeChannelCode(() => 7), makeChannelCode(() => 8)];
const HOUR = 3_600_000;
const NOW = Date.parse('2026-01-05T05:00:00Z');
const standing = (epoch: number) => ({ epoch: idOf(9_000 + epoch), reofferDays: 14 });

/** The n-th response; the even ones were given through one channel, the odd ones through another. */
function entryIn(number: number, isStored: boolean): OutboxEntry {
  const entry = entryOf(number);
  const channel = CHANNELS[number % 2] ?? '';
  return { ...entry, isStored, keptAt: NOW, envelope: { ...entry.envelope, channel } };
}

const numbers = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 });

test('of every channel: finished = acknowledged + waiting + refused, whatever happens how often', async () => {
  const change = fc.oneof(
    fc.record({ do: fc.constant('write' as const), numbers }),
    fc.record({ do: fc.constant('refuse' as const), numbers }),
    fc.record({ do: fc.constant('acknowledge' as const), numbers, epoch: fc.nat(2) }),
    fc.record({ do: fc.constant('reoffer' as const), epoch: fc.nat(2) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
      const store = newStore();
      const seen = new Set<number>();
      for (const one of changes) {
        if (one.do === 'reoffer') {
          await store.reoffer(standing(one.epoch), NOW);
          continue;
        }
        const entries = one.numbers.map((number) => entryIn(number, seen.has(number)));
        for (const number of one.numbers) seen.add(number);
        if (one.do === 'acknowledge') await store.acknowledge(entries, standing(one.epoch), NOW);
        else if (one.do === 'write') await store.write(entries);
        else {
          const state = { kind: 'refused', problem: problemOf('item-missing') } as const;
          await store.write(entries.map((entry) => ({ ...entry, state })));
        }
      }
      const reports = await store.readReports('all', NOW, false);
      const { entries } = await store.read();
      expect(reports.reduce((total, one) => total + one.finished, 0)).toBe(seen.size);
      for (const { channel, finished, acknowledged, waiting, refused } of reports) {
        expect(finished).toBe(acknowledged + waiting + refused);
        const here = entries.filter(({ envelope }) => envelope.channel === channel);
        expect(waiting + refused).toBe(here.length);
        expect(here.filter(({ state }) => state.kind === 'refused')).toHaveLength(refused);
      }
    }),
    { seed: 2568, numRuns: 60 },
  );
});

test('a report is what the contract says, and nothing in it leads from one channel to another', async () => {
  const store = newStore();
  const problem = problemOf('option-out-of-range', 'E1');
  await store.write([
    { ...entryIn(0, false), keptAt: NOW - 2.5 * HOUR },
    { ...entryIn(2, false), state: { kind: 'refused', problem } },
    entryIn(1, false),
  ]);
  await store.acknowledge([entryIn(1, true)], standing(1), NOW);
  const reports = await store.readReports('all', NOW, true);
  expect(deviceReportsSchema.parse({ reports }).reports).toEqual(reports);
  expect(reports.sort((a, b) => b.finished - a.finished)).toMatchObject([
    {
      channel: CHANNELS[0],
      finished: 2,
      acknowledged: 0,
      waiting: 1,
      refused: 1,
      oldestWaitingHours: 2,
      refusedBecause: ['option-out-of-range'],
      isStorageNearlyFull: true,
    },
    { channel: CHANNELS[1], finished: 1, acknowledged: 1, oldestWaitingHours: null },
  ]);
  expect(new Set(reports.map(({ id }) => id)).size).toBe(2);
});

test('is due after a change, or when all is asked for, each time with a higher revision', async () => {
  const store = newStore();
  expect(await store.readReports('due', NOW, false)).toEqual([]);
  await store.write([entryIn(0, false)]);
  const [first] = await store.readReports('due', NOW, false);
  const [again] = await store.readReports('due', NOW, false);
  if (!first || !again) throw new Error('nothing was due');
  expect(again.id).toBe(first.id);
  expect(again.revision).toBeGreaterThan(first.revision);
  await store.markReported(again);
  expect(await store.readReports('due', NOW, false)).toEqual([]);
  expect(await store.readReports('all', NOW, false)).toHaveLength(1);
  await store.write([entryIn(2, false)]);
  expect(await store.readReports('due', NOW, false)).toMatchObject([{ finished: 2 }]);
});
