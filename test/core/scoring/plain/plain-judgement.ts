import { type Effort, findDisclosure, fullEffort } from './plain-disclosure.ts';
import type { Group } from '#core/scoring/groups.ts';
import type { Verdict } from '#core/scoring/suppression.ts';
import { Basis } from './plain-modular.ts';

type Members = Pick<Group, 'members'>;

interface Candidate extends Members {
  /** Its place in the list of groups. */
  readonly place: number;
  readonly people: number;
}

const bySize = (a: Candidate, b: Candidate) => a.people - b.people || a.place - b.place;

/**
 * The groups as rows over kinds of people: those whom none of the groups tells apart. After the kinds each row has a place
 * for every group, with a 1 for its own: what is made of rows then tells of which groups it is made.
 */
function rowsOf(groups: readonly Candidate[], sizes: readonly number[]) {
  const memberships = sizes.map(() => [] as number[]);
  for (const [index, { members }] of groups.entries())
    for (const member of members) memberships[member]?.push(index);
  const kinds = new Map<string, { groups: readonly number[]; people: number }>();
  for (const [combination, own] of memberships.entries()) {
    const people = (kinds.get(own.join())?.people ?? 0) + (sizes[combination] ?? 0);
    if (people > 0 && own.length > 0) kinds.set(own.join(), { groups: own, people });
  }
  const width = kinds.size;
  const rows = groups.map((_, index) => {
    const row = new Float64Array(width + groups.length);
    row[width + index] = 1;
    return row;
  });
  for (const [kind, { groups: own }] of [...kinds.values()].entries())
    for (const index of own) {
      const row = rows[index];
      if (row) row[kind] = 1;
    }
  return { rows, sizes: [...kinds.values()].map(({ people }) => people) };
}

/**
 * The group that has to be hidden next so that nothing about few people can be worked out; null if none has to. The
 * whole comes first, so that what the parts of a field add up to is told by it and not by the parts of another field.
 */
function nextToHide(
  whole: Candidate,
  parts: readonly Candidate[],
  sizes: readonly number[],
  threshold: number,
  effort: Effort,
): Candidate | null {
  const shown = [whole, ...[...parts].sort(bySize)];
  const { rows, sizes: kindSizes } = rowsOf(shown, sizes);
  const basis = new Basis();
  for (const row of rows) basis.add(row, kindSizes.length);
  const finding = findDisclosure(basis.rows, kindSizes, threshold, effort);
  if (finding.state === 'none') return null;
  const smallest = shown.find(
    (_, index) =>
      index > 0 && (finding.state === 'given-up' || finding.row[kindSizes.length + index] !== 0),
  );
  return smallest ?? null;
}

/** Whether the figures of the shown groups give those of another: then hiding it would hide nothing. */
function followsFrom(shown: readonly Candidate[], other: Candidate, sizes: readonly number[]) {
  const { rows, sizes: kindSizes } = rowsOf([...shown, other], sizes);
  const basis = new Basis();
  const isNew = rows.map((row) => basis.add(row, kindSizes.length));
  return isNew[shown.length] === false;
}

/** The judgement with every figure written out for everybody: slow, and what the quick one must say as well. */
export function judgePlainly(
  groups: readonly Members[],
  sizes: readonly number[],
  threshold: number,
): Verdict[] {
  const candidates = groups.map(({ members }, place) => ({
    members,
    place,
    people: members.reduce((sum, member) => sum + (sizes[member] ?? 0), 0),
  }));
  const verdicts = candidates.map(({ people }): Verdict =>
    people > 0 && people < threshold ? 'few' : 'shown',
  );
  const [whole] = candidates;
  if (!whole || whole.people === 0) return verdicts;
  // Of so few even that nobody said something is told of nobody: it would leave only what all of them said.
  if (whole.people < threshold) return candidates.map(() => 'few');
  const shownParts = () =>
    candidates.filter(
      ({ place, people }) => place > 0 && people > 0 && verdicts[place] === 'shown',
    );
  const hidden: Candidate[] = [];
  const effort = fullEffort();
  for (;;) {
    const next = nextToHide(whole, shownParts(), sizes, threshold, effort);
    if (!next) break;
    verdicts[next.place] = 'complement';
    hidden.push(next);
  }
  // What was hidden first may have become harmless by what was hidden later.
  for (const candidate of hidden.sort((a, b) => bySize(b, a)))
    if (!nextToHide(whole, [...shownParts(), candidate], sizes, threshold, effort))
      verdicts[candidate.place] = 'shown';
  // Where the search was given up, what is hidden may follow from the rest all the same.
  for (const candidate of hidden)
    if (followsFrom([whole, ...shownParts()], candidate, sizes))
      verdicts[candidate.place] = 'shown';
  return verdicts;
}
