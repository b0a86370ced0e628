import type { Item, Instrument } from '#core/instruments/instrument.ts';

/** One option of an item as the bar and the table show it, worst end first. */
export interface Segment {
  /** The option's number in the questionnaire. */
  option: number;
  n: number;
  /** Where it begins and how long it is, from 0 to 1. */
  start: number;
  length: number;
  /** Step of the sequential scale, 1 = worst end. */
  step: 1 | 2 | 3 | 4 | 5 | 6;
}

const STEPS = 6;

function stepOf(rank: number, options: number): Segment['step'] {
  const step = 1 + Math.round((rank * (STEPS - 1)) / Math.max(1, options - 1));
  return step as Segment['step'];
}

/**
 * The options by what they are worth, the worst first: a negative item counts its points in reverse, so its bad end
 * stands on the same side as that of a positive one. `counts` has option 1 first.
 */
export function distributionOf(
  instrument: Instrument,
  item: Item,
  counts: readonly number[],
): Segment[] {
  const points = instrument.scales[item.scale]?.points ?? [];
  const worthOf = (index: number) =>
    points[item.polarity === 'negative' ? points.length - 1 - index : index] ?? 0;
  const worstFirst = counts.map((_, index) => index).sort((a, b) => worthOf(a) - worthOf(b));
  const whole = counts.reduce((sum, n) => sum + n, 0);
  let start = 0;
  return worstFirst.map((index, rank) => {
    const n = counts[index] ?? 0;
    const length = whole === 0 ? 0 : n / whole;
    const segment = { option: index + 1, n, start, length, step: stepOf(rank, counts.length) };
    start += length;
    return segment;
  });
}

/** The words of an option: the item's own where its wording asks for them, else those of its scale. */
export function optionLabel(
  texts: {
    scales: Record<string, Record<string, string>>;
    items: Record<string, { options?: Record<string, string> }>;
  },
  item: Item,
  option: number,
): string {
  const own = texts.items[item.code]?.options?.[String(option)];
  return own ?? texts.scales[item.scale]?.[String(option)] ?? String(option);
}
