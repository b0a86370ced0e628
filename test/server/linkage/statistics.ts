// How well the operator of the server guesses, in two figures, each with what chance alone would give.
//
// ORDER. Of each two rows about which a trace says that one came before the other, the guess is right or wrong. Kendall's tau is
// (right - wrong) / (right + wrong): 1 where every guess is right, 0 where they are worth nothing, -1 where all are wrong.
//
// DEVICE. Of each two rows that lie beside each other in a trace, the guess is that one device sent both. Told is the share of
// guesses that are right, and the share that guessing without any trace would have right.
//
// p is from a permutation test: the moments (or the devices) are dealt out among the rows anew, up to 1,999 times, and p is the share
// of these worlds, in which nothing can be known, that fit the guesses as well as the true one. With seeds, so it never changes.
import { type Dice, diceOf } from '../../chaos/dice.ts';

/** Where a trace has a row. Rows of the same `within` can be compared: a smaller `at` seems to have come sooner. */
export interface Clue {
  /** The row: its id, or its digest where an id may have several rows. */
  row: string;
  within: string | number;
  at: number;
}

/** One thing that can be looked at. */
export interface Trace {
  name: string;
  clues: readonly Clue[];
  /** It puts rows of several tables together. Which table a row is in tells something of its moment, and is no secret. */
  isOfAllTables?: true;
}

/** What really happened. */
export interface Truth {
  /** Number of the batch with which a row came; of a device's report, with which the latest came. */
  batchOf: ReadonlyMap<string, number>;
  /** Number of the device that sent it. */
  deviceOf: ReadonlyMap<string, number>;
}

export interface Verdict {
  trace: string;
  about: 'order' | 'device';
  guesses: number;
  /** Tau, or the share of right guesses. */
  value: number;
  /** What chance gives. */
  chance: number;
  p: number;
}

const PERMUTATIONS = 1_999;
/** So many worlds that fit as well are enough to know that a guess is nothing special (Besag and Clifford). */
const ENOUGH = 20;
/** More say nothing more, and take longer. */
const MOST_GUESSES = 1_500;

/** How far apart in a trace two rows may lie that are guessed to be of one device. */
const NEIGHBOURS = 2;

function shuffled<Item>(items: readonly Item[], dice: Dice): Item[] {
  return items
    .map((item) => ({ item, lot: dice.random() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ item }) => item);
}

type Guess = readonly [number, number];

/** The rows of a trace as numbers, and the two kinds of guesses that it gives, each a fair sample of all. */
function guessesOf(clues: readonly Clue[], dice: Dice) {
  const rows = [...new Set(clues.map(({ row }) => row))];
  const numberOf = new Map(rows.map((row, number) => [row, number]));
  const groups = new Map<Clue['within'], { row: number; at: number }[]>();
  for (const { row, within, at } of clues) {
    const group = groups.get(within) ?? [];
    group.push({ row: numberOf.get(row) ?? -1, at });
    groups.set(within, group);
  }
  const order: Guess[] = [];
  const device: Guess[] = [];
  for (const group of groups.values()) {
    // Where several lie at one place, they are beside each other in no order of their own.
    const sorted = shuffled(group, dice).sort((a, b) => a.at - b.at);
    for (const [place, first] of sorted.entries())
      for (const [steps, second] of sorted.slice(place + 1).entries()) {
        if (first.row === second.row) continue;
        if (first.at !== second.at) order.push([first.row, second.row]);
        if (steps < NEIGHBOURS) device.push([first.row, second.row]);
      }
  }
  const some = (guesses: readonly Guess[]) => shuffled(guesses, dice).slice(0, MOST_GUESSES);
  return { rows, order: some(order), device: some(device) };
}

/** Deals the values out anew, in their place (Fisher and Yates). */
function deal(values: Float64Array, dice: Dice): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const drawn = dice.between(0, last);
    const value = values[last] ?? 0;
    values[last] = values[drawn] ?? 0;
    values[drawn] = value;
  }
}

/** The share of the worlds in which what is measured is at least as far out as in the true one. */
function permutationTest(
  values: readonly number[],
  measure: (values: Float64Array) => number,
  dice: Dice,
): number {
  const dealt = Float64Array.from(values);
  const found = measure(dealt);
  let asFar = 0;
  for (let world = 1; world <= PERMUTATIONS; world += 1) {
    deal(dealt, dice);
    if (measure(dealt) >= found) asFar += 1;
    if (asFar === ENOUGH) return asFar / world;
  }
  return (asFar + 1) / (PERMUTATIONS + 1);
}

function tauOf(guesses: readonly Guess[], moments: Float64Array): number {
  let right = 0;
  let wrong = 0;
  for (const [first, second] of guesses) {
    const difference = (moments[second] ?? 0) - (moments[first] ?? 0);
    if (difference > 0) right += 1;
    else if (difference < 0) wrong += 1;
  }
  return right + wrong === 0 ? 0 : (right - wrong) / (right + wrong);
}

function shareOf(guesses: readonly Guess[], devices: Float64Array): number {
  let right = 0;
  for (const [first, second] of guesses) if (devices[first] === devices[second]) right += 1;
  return right / guesses.length;
}

/** The share of all pairs that are of one device. */
function chanceOf(devices: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const device of devices) counts.set(device, (counts.get(device) ?? 0) + 1);
  const pairs = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0);
  return pairs / (devices.length * (devices.length - 1));
}

/** What a trace gives away of the rows that the truth knows. Nothing where it tells of none. */
export function judge(
  { name: trace, clues, isOfAllTables }: Trace,
  truth: Truth,
  seed: number,
): Verdict[] {
  const { batchOf, deviceOf } = truth;
  const dice = diceOf('linkage', seed, trace);
  const known = clues.filter(({ row }) => batchOf.has(row));
  const { rows, order, device } = guessesOf(known, dice);
  const verdicts: Verdict[] = [];
  if (order.length > 0 && !isOfAllTables) {
    const moments = rows.map((row) => batchOf.get(row) ?? -1);
    const value = tauOf(order, Float64Array.from(moments));
    // Who knows how a trace is made also knows when to read it backwards.
    const p = permutationTest(moments, (values) => Math.abs(tauOf(order, values)), dice);
    verdicts.push({ trace, about: 'order', guesses: order.length, value, chance: 0, p });
  }
  const devices = rows.map((row) => deviceOf.get(row) ?? -1);
  const chance = chanceOf(devices);
  if (device.length > 0 && chance > 0) {
    const value = shareOf(device, Float64Array.from(devices));
    const p = permutationTest(devices, (values) => shareOf(device, values), dice);
    verdicts.push({ trace, about: 'device', guesses: device.length, value, chance, p });
  }
  return verdicts;
}

/**
 * The verdicts that are no chance: with so many of them, one in twenty such tests would have one below this p by chance (Bonferroni).
 */
export function betterThanChance(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ p }) => p < 0.05 / verdicts.length);
}
