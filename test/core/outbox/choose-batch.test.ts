import { expect, test } from 'vitest';
import { MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import { chooseBatch } from '#core/outbox/choose-batch.ts';
import type { OutboxEntry } from '#core/outbox/entry.ts';
import { entryOf } from './envelopes.ts';

const DRAWS = 4_000;
/** Evenly spread over [0, 1), as good as drawn. */
const draws = Array.from({ length: DRAWS }, (_, number) => number / DRAWS);

const entriesOf = (count: number) => Array.from({ length: count }, (_, place) => entryOf(place));
const numbersOf = (batch: readonly OutboxEntry[]) => batch.map(({ keptAt }) => keptAt);

test('whoever answered first is in any place of the batch as often as in any other', () => {
  const entries = entriesOf(5);
  const places = draws.map((random) => numbersOf(chooseBatch(entries, 50, random)).indexOf(0));
  for (const place of entries.keys()) {
    const share = places.filter((one) => one === place).length / DRAWS;
    expect(share).toBeGreaterThan(0.18);
    expect(share).toBeLessThan(0.22);
  }
});

test('of two who answered after each other either comes first as often', () => {
  const entries = entriesOf(5);
  const inOrder = draws.filter((random) => {
    const batch = numbersOf(chooseBatch(entries, 50, random));
    return batch.indexOf(1) < batch.indexOf(2);
  });
  expect(inOrder.length / DRAWS).toBeGreaterThan(0.48);
  expect(inOrder.length / DRAWS).toBeLessThan(0.52);
});

test('where more waits than fits, the first batch is no sign of having answered early', () => {
  const entries = entriesOf(2 * MAX_BATCH_ENVELOPES);
  const early = draws.slice(0, 400).map((_, number) => {
    const batch = numbersOf(chooseBatch(entries, MAX_BATCH_ENVELOPES, number / 400));
    return batch.filter((one) => one < MAX_BATCH_ENVELOPES).length;
  });
  const mean = early.reduce((sum, count) => sum + count, 0) / early.length;
  expect(Math.abs(mean - MAX_BATCH_ENVELOPES / 2)).toBeLessThan(1);
});

test('what failed less goes before what failed more, in whatever order they came', () => {
  const entries = [
    ...[1, 2, 3].map((number) => entryOf(number, { kind: 'queued' }, 2)),
    ...[4, 5, 6].map((number) => entryOf(number)),
  ];
  for (const random of draws.slice(0, 50))
    expect(new Set(numbersOf(chooseBatch(entries, 3, random)))).toEqual(new Set([4, 5, 6]));
});
