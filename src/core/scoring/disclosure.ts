import { Basis, vanishingAt, type Row } from './modular.ts';

/**
 * How many steps a search may take. Past that it is given up, and the caller hides more: an office of ordinary size needs
 * a few hundred.
 */
const MOST_STEPS = 4_000;

/**
 * What can be worked out of the shown figures by adding and subtracting, and concerns only a few people: the kinds of
 * people it is about have a residue that is not 0. Then the multiples of each figure that it takes, as they were given.
 */
type Finding =
  | { readonly state: 'none' }
  | { readonly state: 'found'; readonly row: Row }
  | { readonly state: 'given-up' };

/**
 * Looks for a sum of multiples of the rows that is about somebody, and about fewer people than the threshold. Each row has
 * a place for every kind of people, `sizes` of them, and may go on with places of its own that are carried along. None of
 * the rows is a sum of multiples of the others.
 *
 * It misses none. The people are dealt into as many parts as the threshold says; whatever is about fewer people leaves
 * one part out altogether. So for each part only those sums matter that are 0 on all of it. A part whose people are
 * different enough leaves none of them over (usually every part is), else the search goes on with the few that are.
 */
export function findDisclosure(
  rows: readonly Row[],
  sizes: readonly number[],
  threshold: number,
): Finding {
  let steps = 0;

  function search(space: readonly Row[]): Finding {
    steps += 1;
    const [first] = space;
    if (!first) return { state: 'none' };
    if (steps > MOST_STEPS) return { state: 'given-up' };
    const kinds = sizes.flatMap((_, kind) => (space.some((row) => row[kind] !== 0) ? [kind] : []));
    const people = kinds.reduce((sum, kind) => sum + (sizes[kind] ?? 0), 0);
    if (people < threshold) return { state: 'found', row: first };
    if (space.length === 1) return { state: 'none' };
    for (const part of deal(space, kinds, sizes, threshold)) {
      const finding = search(vanishingAt(space, part));
      if (finding.state !== 'none') return finding;
    }
    return { state: 'none' };
  }

  return search(rows);
}

/**
 * Deals people into parts so that each part tells as many of the rows apart as it can; returns the kinds of people in
 * those parts that do not tell all of them apart. Nobody is in two parts, and no part is empty.
 */
function deal(
  space: readonly Row[],
  kinds: readonly number[],
  sizes: readonly number[],
  threshold: number,
): number[][] {
  let open = Array.from({ length: threshold }, () => ({
    basis: new Basis(),
    kinds: [] as number[],
  }));
  for (const kind of kinds) {
    if (open.length === 0) break;
    const column = Float64Array.from(space, (row) => row[kind] ?? 0);
    let left = sizes[kind] ?? 0;
    for (const part of open) {
      if (left === 0) break;
      if (!part.basis.add(column)) continue;
      part.kinds.push(kind);
      left -= 1;
    }
    open = open
      .filter(({ basis }) => basis.rank < space.length)
      .sort((a, b) => a.basis.rank - b.basis.rank);
  }
  return open.map((part) => part.kinds);
}
