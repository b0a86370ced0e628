/** Kinds of people: those whom none of some groups tells apart. */
export interface Kinds {
  /** Of each kind, the groups that it is in; all of them one after the other. */
  readonly groups: Uint16Array;
  /** Where the groups of a kind begin; one more than there are kinds. */
  readonly begins: Uint32Array;
  /** How many people each kind has. */
  readonly sizes: Float64Array;
}

/** The combinations that groups are made of, each as a kind of its own; `sizes`: people of each. */
export function kindsOf(
  groups: readonly { readonly members: readonly number[] }[],
  sizes: readonly number[],
): Kinds {
  const begins = new Uint32Array(sizes.length + 1);
  for (const { members } of groups)
    for (const member of members) begins[member + 1] = (begins[member + 1] ?? 0) + 1;
  for (let kind = 0; kind < sizes.length; kind += 1)
    begins[kind + 1] = (begins[kind + 1] ?? 0) + (begins[kind] ?? 0);
  const own = new Uint16Array(begins[sizes.length] ?? 0);
  const next = begins.slice();
  for (const [group, { members }] of groups.entries())
    for (const member of members) {
      const at = next[member] ?? 0;
      own[at] = group;
      next[member] = at + 1;
    }
  return { groups: own, begins, sizes: Float64Array.from(sizes) };
}

/** Any odd number with its bits well mixed. */
const HASH_FACTOR = 0x9e37_79b1;

/** Kinds while they are being put together: there is room for as many as the given ones. */
function openKinds(given: Kinds) {
  const groups = new Uint16Array(given.groups.length);
  const begins = new Uint32Array(given.begins.length);
  const sizes = new Float64Array(given.sizes.length);
  let bits = 4;
  while (2 ** bits < 2 * sizes.length) bits += 1;
  /** Of each hash, the kind that has it, counted from 1; where it is taken by another, the next free place. */
  const table = new Uint32Array(2 ** bits);
  let count = 0;

  /** Whether the groups written behind the last kind are those of the kind. */
  function isKind(kind: number, end: number): boolean {
    const [begin, last] = [begins[kind] ?? 0, begins[count] ?? 0];
    if ((begins[kind + 1] ?? 0) - begin !== end - last) return false;
    for (let at = last; at < end; at += 1)
      if (groups[at] !== groups[begin + at - last]) return false;
    return true;
  }

  return {
    /** Where the groups of the next one are to be written, and from which place on. */
    groups,
    begin: () => begins[count] ?? 0,
    /** Takes the groups up to a place, in order, for those of so many people. */
    add(end: number, people: number): void {
      let hash = 0;
      for (let at = begins[count] ?? 0; at < end; at += 1)
        hash = Math.imul(hash ^ (groups[at] ?? 0), HASH_FACTOR) ^ (hash >>> 15);
      let place = (hash ^ (hash >>> 13)) & (table.length - 1);
      for (;;) {
        const known = table[place] ?? 0;
        if (known === 0) break;
        if (isKind(known - 1, end)) {
          sizes[known - 1] = (sizes[known - 1] ?? 0) + people;
          return;
        }
        place = (place + 1) & (table.length - 1);
      }
      sizes[count] = people;
      count += 1;
      table[place] = count;
      begins[count] = end;
    },
    kinds: (): Kinds => ({
      groups,
      begins: begins.subarray(0, count + 1),
      sizes: sizes.subarray(0, count),
    }),
  };
}

/** What is left of kinds where only some of the groups tell people apart, by their places in the list. Nobody's kind is left out. */
export function kindsOfSome(kinds: Kinds, some: readonly number[], allGroups: number): Kinds {
  const places = new Int32Array(allGroups).fill(-1);
  for (const [place, group] of some.entries()) places[group] = place;
  const open = openKinds(kinds);
  for (let kind = 0; kind < kinds.sizes.length; kind += 1) {
    const begin = open.begin();
    let end = begin;
    for (let at = kinds.begins[kind] ?? 0; at < (kinds.begins[kind + 1] ?? 0); at += 1) {
      const place = places[kinds.groups[at] ?? 0] ?? -1;
      if (place === -1) continue;
      // In order; they are few, and most are in order already.
      let to = end;
      while (to > begin && (open.groups[to - 1] ?? 0) > place) {
        open.groups[to] = open.groups[to - 1] ?? 0;
        to -= 1;
      }
      open.groups[to] = place;
      end += 1;
    }
    const people = kinds.sizes[kind] ?? 0;
    if (people > 0 && end > begin) open.add(end, people);
  }
  return open.kinds();
}
