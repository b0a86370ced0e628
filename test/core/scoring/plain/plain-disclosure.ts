import { Basis, vanishingAt, type Row } from './plain-modular.ts';
import { suspects } from './plain-sets.ts';

/**
 * How much may be done until all of a judgement is settled, counted in numbers that are looked at. What is left of it is
 * shared by its searches; past it they are given up, and the caller hides more.
 */
export interface Effort {
  left: number;
}

/** What one search may take of it, so that something is left for the others. */
const MOST_OF_ONE_SEARCH = 300_000;

/** For all groups of an office: some tenths of a second. */
export const fullEffort = (): Effort => ({ left: 2_000_000 });

/**
 * What can be worked out of the shown figures by adding and subtracting, and concerns only a few people: the kinds of
 * people it is about have a residue that is not 0. Then the multiples of each figure that it takes, as they were given.
 */
type Finding =
  | { readonly state: 'none' }
  | { readonly state: 'found'; readonly row: Row }
  | { readonly state: 'given-up' };

const NONE: Finding = { state: 'none' };

/** Some people, none of whom is in another part: so many of each kind, and how many rows they tell apart. */
interface Part {
  readonly kinds: number[];
  readonly basis: Basis;
}

/** Where a search still has to look: so many people of each kind, among whom fewer than `fewerThan` play a part. */
interface Field {
  readonly left: readonly number[];
  readonly fewerThan: number;
}

/** Deals people into parts so that each tells as many of the rows apart as it can. The best parts come first. */
function deal(space: readonly Row[], kinds: readonly number[], { left, fewerThan }: Field): Part[] {
  const parts = Array.from({ length: fewerThan }, (): Part => ({ kinds: [], basis: new Basis() }));
  let open = [...parts];
  for (const kind of kinds) {
    if (open.length === 0) break;
    const column = Float64Array.from(space, (row) => row[kind] ?? 0);
    let people = left[kind] ?? 0;
    for (const part of open) {
      if (people === 0) break;
      if (!part.basis.add(column)) continue;
      part.kinds.push(kind);
      people -= 1;
    }
    open = open
      .filter(({ basis }) => basis.rank < space.length)
      .sort((a, b) => a.basis.rank - b.basis.rank);
  }
  return parts.sort((a, b) => b.basis.rank - a.basis.rank);
}

/** The field without the people of the parts. */
function without({ left }: Field, parts: readonly Part[]): number[] {
  const rest = [...left];
  for (const { kinds } of parts) for (const kind of kinds) rest[kind] = (rest[kind] ?? 0) - 1;
  return rest;
}

/**
 * Searches all sums of multiples of the rows for one that is about somebody, and about fewer people than the threshold.
 *
 * It misses none. The people are dealt into as many parts as the threshold says; whatever is about fewer people leaves
 * one part out altogether. So for each part only those sums matter that are 0 on all of it. A part whose people are
 * different enough leaves none of them over (usually every part is), else the search goes on with the few that are. What
 * leaves out an earlier part was found there: so whatever is looked for at a later part plays a part in each of the
 * earlier ones, and all the fewer people are left for it among the rest.
 */
function searchAll(
  rows: readonly Row[],
  sizes: readonly number[],
  threshold: number,
  effort: Effort,
): Finding {
  const everybody: Field = { left: sizes, fewerThan: threshold };
  const least = effort.left - MOST_OF_ONE_SEARCH;

  function search(space: readonly Row[], field: Field): Finding {
    const [first] = space;
    if (!first) return NONE;
    effort.left -= space.length * first.length;
    if (effort.left < Math.max(0, least)) return { state: 'given-up' };
    const kinds = sizes.flatMap((_, kind) => (space.some((row) => row[kind] !== 0) ? [kind] : []));
    const peopleIn = (left: readonly number[]) =>
      kinds.reduce((sum, kind) => sum + (left[kind] ?? 0), 0);
    if (peopleIn(sizes) < threshold) return { state: 'found', row: first };
    if (space.length === 1) return NONE;
    // Too few are left to deal: everybody is dealt anew, between rows that are fewer by now.
    const dealt = peopleIn(field.left) < field.fewerThan ? everybody : field;
    const parts = deal(space, kinds, dealt);
    for (const [place, part] of parts.entries()) {
      if (part.basis.rank === space.length) continue;
      const finding = search(vanishingAt(space, part.kinds), {
        left: without(dealt, parts.slice(0, place + 1)),
        fewerThan: dealt.fewerThan - place,
      });
      if (finding.state !== 'none') return finding;
    }
    return NONE;
  }

  return search(rows, everybody);
}

/**
 * Looks for a sum of multiples of the rows that is about somebody, and about fewer people than the threshold. Each row has
 * a place for every kind of people, `sizes` of them, and may go on with places of its own that are carried along. None of
 * the rows is a sum of multiples of the others. Where people are many enough for the threshold, a few sums tell of all; else
 * everything is searched, as long as there is effort left.
 */
export function findDisclosure(
  rows: readonly Row[],
  sizes: readonly number[],
  threshold: number,
  effort: Effort,
): Finding {
  const looking = suspects(rows, sizes, threshold);
  for (;;) {
    const next = looking.next();
    if (next.done) return next.value.isSettled ? NONE : searchAll(rows, sizes, threshold, effort);
    const finding = searchAll(next.value, sizes, threshold, effort);
    if (finding.state !== 'none') return finding;
  }
}
