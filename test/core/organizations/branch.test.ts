import { array, assert, constant, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, mayStandBelow, type Placed, reachOf } from '#core/organizations/branch.ts';

/** Trees of up to twenty: each one stands below one that came before it, or at the top. */
const trees = array(nat(), { minLength: 1, maxLength: 20 }).map((choices): Placed[] =>
  choices.map((choice, at) => {
    const above = choice % (at + 1);
    return { id: String(at), parent: above === at ? null : String(above) };
  }),
);

/** A tree, and three of its organizations, perhaps the same. */
const withThree = trees.chain((tree) => {
  const one = constantFrom(...tree.map(({ id }) => id));
  return tuple(constant(tree), one, one, one);
});

/** By climbing, as the rule itself descends. */
function isAtOrAbove(tree: readonly Placed[], upper: string, lower: string): boolean {
  for (let at: string | null = lower; at !== null;) {
    if (at === upper) return true;
    const id: string = at;
    at = tree.find((known) => known.id === id)?.parent ?? null;
  }
  return false;
}

describe('a branch', () => {
  test('reaches exactly its organization and what stands below it', () => {
    assert(
      property(withThree, ([tree, top, other]) => {
        expect(reachOf(tree, top)?.has(other)).toBe(isAtOrAbove(tree, top, other));
      }),
    );
  });

  test('never reaches more than one that covers it, and no one below covers one above', () => {
    assert(
      property(withThree, ([tree, a, b, c]) => {
        const isChain = covers(tree, a, b) && covers(tree, b, c);
        expect(isChain && !covers(tree, a, c)).toBe(false);
        expect(covers(tree, a, b) && covers(tree, b, a)).toBe(a === b);
        expect(covers(tree, 'all', a)).toBe(true);
        expect(covers(tree, a, 'all')).toBe(false);
      }),
    );
  });

  test('of an organization that is gone reaches nothing that is there', () => {
    assert(
      property(trees, (tree) => {
        const reach = reachOf(tree, 'gone');
        expect(tree.filter(({ id }) => reach?.has(id))).toEqual([]);
      }),
    );
  });

  test('ends where what is stored is a ring', () => {
    const ring = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'c', parent: null },
    ];
    expect([...(reachOf(ring, 'a') ?? [])].toSorted()).toEqual(['a', 'b']);
  });
});

test('a move that is let through leaves a tree: everything still has a top', () => {
  assert(
    property(withThree, ([tree, moved, parent]) => {
      const isAllowed = mayStandBelow(tree, moved, parent);
      expect(isAllowed).toBe(!isAtOrAbove(tree, moved, parent));
      if (!isAllowed) return;
      const after = tree.map((one) => (one.id === moved ? { ...one, parent } : one));
      const tops = after.filter((one) => one.parent === null).map(({ id }) => id);
      for (const { id } of after)
        expect(tops.filter((top) => isAtOrAbove(after, top, id))).toHaveLength(1);
    }),
  );
});
