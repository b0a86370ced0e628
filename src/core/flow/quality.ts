import type { QualityFlag } from '../contract/response.ts';
import type { Instrument } from '../instruments/instrument.ts';

/**
 * Less than this per item on the average, and the items cannot have been read: an item is a sentence of two or three lines
 * with up to six options, and the tap itself takes a part of the time. Our own choice, on the low side: a flag too many
 * would wrong a quick reader, one too few only leaves an answer unmarked. It marks; it never leaves a response out.
 */
export const TOO_FAST_MS_PER_ITEM = 2000;

/** One option all the way down says something only where enough items share the scale. */
export const ALL_THE_SAME_MIN_ITEMS = 4;

/** Milliseconds each item was on the screen, all its visits together. Stays on the device. */
export type ItemTimings = Readonly<Record<string, number>>;

function isTooFast(instrument: Instrument, timings: ItemTimings): boolean {
  const total = instrument.items.reduce((sum, { code }) => sum + (timings[code] ?? 0), 0);
  return total < TOO_FAST_MS_PER_ITEM * instrument.items.length;
}

/**
 * True if every item of one scale got the same option although some of them ask the contrary of the others. Where all
 * point the same way (EIT), "most" everywhere is a happy citizen and no flag.
 */
function isAllTheSame(instrument: Instrument, answers: Readonly<Record<string, number>>): boolean {
  return Object.keys(instrument.scales).some((scale) => {
    const items = instrument.items.filter((item) => item.scale === scale);
    if (items.length < ALL_THE_SAME_MIN_ITEMS) return false;
    const isContrary = new Set(items.map(({ polarity }) => polarity)).size === 2;
    return isContrary && new Set(items.map(({ code }) => answers[code])).size === 1;
  });
}

/** What the device noticed about the way a questionnaire was answered. The timings behind it never leave. */
export function qualityFlags(
  instrument: Instrument,
  answers: Readonly<Record<string, number>>,
  timings: ItemTimings,
): QualityFlag[] {
  const flags: QualityFlag[] = [];
  if (isTooFast(instrument, timings)) flags.push('too-fast');
  if (isAllTheSame(instrument, answers)) flags.push('all-the-same');
  return flags;
}
