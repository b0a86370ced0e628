// Somebody who has every figure on show and wants to know what few people said. Shares no code with the suppression.

/** A row has a number for each person: how often a figure counts what that person said. */
type Figure = readonly number[];

/** A prime of its own: 2^25 - 39. */
const PRIME = 33_554_393;

const residue = (value: number) => ((value % PRIME) + PRIME) % PRIME;

function power(base: number, exponent: number): number {
  let [result, factor] = [1n, BigInt(base)];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * factor) % BigInt(PRIME);
    factor = (factor * factor) % BigInt(PRIME);
  }
  return Number(result);
}

/**
 * The figures solved for people in the order given: rows of which each has a 1 where all the others have a 0. What is
 * left of figures that follow from others is dropped.
 */
function solved(figures: readonly Figure[], order: readonly number[]): number[][] {
  const rows = figures.map((figure) => figure.map(residue));
  const done: number[][] = [];
  for (const person of order) {
    const place = rows.findIndex((row) => row[person] !== 0);
    if (place === -1) continue;
    const [row] = rows.splice(place, 1);
    if (!row) break;
    const unit = power(row[person] ?? 0, PRIME - 2);
    const pivot = row.map((value) => residue(value * unit));
    for (const other of [...rows, ...done]) {
      const times = other[person] ?? 0;
      if (times === 0) continue;
      for (const [index, value] of pivot.entries())
        other[index] = residue((other[index] ?? 0) - times * value);
    }
    done.push(pivot);
    if (rows.length === 0) break;
  }
  return done;
}

const everybody = (figures: readonly Figure[]) => (figures[0] ?? []).map((_, person) => person);

const rankOf = (figures: readonly Figure[], people: readonly number[]) =>
  solved(figures, people).length;

/** Whether the figures, added and subtracted in some way, tell exactly what the group said. */
export function canWorkOut(figures: readonly Figure[], group: Figure): boolean {
  const people = everybody([group]);
  return rankOf([...figures, group], people) === rankOf(figures, people);
}

function* choices(people: readonly number[], count: number): Generator<number[]> {
  if (count === 0) yield [];
  else
    for (const [index, person] of people.entries())
      for (const others of choices(people.slice(index + 1), count - 1)) yield [person, ...others];
}

/**
 * Tries every set of fewer people than the threshold: do the figures lose something that is about those alone, when those
 * are left out? Returns the first set of which they do; null = there is none. For a dozen people, not for many more.
 */
export function tryEverySet(figures: readonly Figure[], threshold: number): number[] | null {
  const people = everybody(figures);
  const rank = rankOf(figures, people);
  for (let count = 1; count < threshold; count += 1)
    for (const set of choices(people, count)) {
      const others = people.filter((person) => !set.includes(person));
      if (rankOf(figures, others) < rank) return set;
    }
  return null;
}

/**
 * Solves the figures for one random set of people after the other and looks whether what comes out is about few. Finds
 * what is there with high probability, for any number of people.
 */
export function tryAtRandom(
  figures: readonly Figure[],
  threshold: number,
  tries: number,
  random: () => number,
): number[] | null {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = everybody(figures)
      .map((person) => ({ person, lot: random() }))
      .sort((a, b) => a.lot - b.lot)
      .map(({ person }) => person);
    for (const row of solved(figures, order)) {
      const about = row.flatMap((value, person) => (value === 0 ? [] : [person]));
      if (about.length > 0 && about.length < threshold) return about;
    }
  }
  return null;
}
