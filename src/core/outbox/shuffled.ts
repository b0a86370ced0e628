/** Numbers in [0, 1), all of them from one number in [0, 1) (mulberry32). */
function drawing(random: number): () => number {
  let state = Math.floor(random * 2 ** 32);
  return function draw() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same items in the order that `random`, in [0, 1), draws for them. */
export function shuffled<Item>(items: readonly Item[], random: number): Item[] {
  const draw = drawing(random);
  return items
    .map((item) => ({ item, lot: draw() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ item }) => item);
}
