import { type Effort, findDisclosure, fullEffort } from './disclosure.ts';
import type { Group } from './groups.ts';
import { type Kinds, kindsOf, kindsOfSome } from './kinds.ts';
import { eachGroup, SumBasis } from './sums.ts';

type Members = Pick<Group, 'members'>;

/** Groups of fewer people than this are hidden where an assessment does not say otherwise. */
export const SUPPRESSION_THRESHOLD = 5;

/**
 * What becomes of one group. few: fewer people than the threshold; complement: large enough, but the figures of the
 * shown groups, added and subtracted, would tell what fewer people than the threshold said.
 */
export type Verdict = 'shown' | 'few' | 'complement';

interface Candidate extends Members {
  /** Its place in the list of groups. */
  readonly place: number;
  readonly people: number;
}

/** Who is told apart by which groups, and how many groups there are. */
interface Crowd {
  readonly everyKind: Kinds;
  readonly allGroups: number;
}

const bySize = (a: Candidate, b: Candidate) => a.people - b.people || a.place - b.place;

/**
 * The group that has to be hidden next so that nothing about few people can be worked out; null if none has to. The
 * whole comes first, so that what the parts of a field add up to is told by it and not by the parts of another field.
 */
function nextToHide(
  whole: Candidate,
  parts: readonly Candidate[],
  { everyKind, allGroups }: Crowd,
  threshold: number,
  effort: Effort,
): Candidate | null {
  const shown = [whole, ...[...parts].sort(bySize)];
  const kinds = kindsOfSome(
    everyKind,
    shown.map(({ place }) => place),
    allGroups,
  );
  const basis = new SumBasis(kinds);
  for (const group of eachGroup(shown.length)) basis.add(group);
  const finding = findDisclosure(basis.sums, kinds, threshold, effort);
  if (finding.state === 'none') return null;
  const multiples = kinds.sizes.length;
  const smallest = shown.find(
    (_, index) =>
      index > 0 && (finding.state === 'given-up' || finding.row[multiples + index] !== 0),
  );
  return smallest ?? null;
}

/** Whether the figures of the shown groups give those of another: then hiding it would hide nothing. */
function followsFrom(
  shown: readonly Candidate[],
  other: Candidate,
  { everyKind, allGroups }: Crowd,
): boolean {
  const kinds = kindsOfSome(
    everyKind,
    [...shown, other].map(({ place }) => place),
    allGroups,
  );
  const basis = new SumBasis(kinds);
  const isNew = eachGroup(shown.length + 1).map((group) => basis.add(group));
  return isNew[shown.length] === false;
}

/**
 * Decides which groups may be shown, when all figures that are shown are of one instrument: whatever is made of them by
 * adding, subtracting and multiplying is about nobody or about as many people as the threshold at least. In particular no
 * hidden group's answers come out. The verdicts are in the order of the groups, and only depend on who is in which.
 *
 * Groups are made of combinations, and `sizes` has the number of people of each. The first group is everybody. Where
 * something has to be hidden for the sake of others, it is the smallest group that plays a part in it, again and again
 * until nothing is left to be worked out. None is hidden that could be shown beside the others, as long as the effort
 * lasts to find that out. A group of nobody is
 * shown, unless everybody is fewer than the threshold.
 */
export function judgeGroups(
  groups: readonly Members[],
  sizes: readonly number[],
  threshold: number = SUPPRESSION_THRESHOLD,
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
  const crowd = { everyKind: kindsOf(groups, sizes), allGroups: groups.length };
  const hidden: Candidate[] = [];
  const effort = fullEffort();
  for (;;) {
    const next = nextToHide(whole, shownParts(), crowd, threshold, effort);
    if (!next) break;
    verdicts[next.place] = 'complement';
    hidden.push(next);
  }
  // What was hidden first may have become harmless by what was hidden later.
  for (const candidate of hidden.sort((a, b) => bySize(b, a)))
    if (!nextToHide(whole, [...shownParts(), candidate], crowd, threshold, effort))
      verdicts[candidate.place] = 'shown';
  // Where the search was given up, what is hidden may follow from the rest all the same.
  for (const candidate of hidden)
    if (followsFrom([whole, ...shownParts()], candidate, crowd))
      verdicts[candidate.place] = 'shown';
  return verdicts;
}

/** The verdicts on groups of a whole, when the whole is shown too, nothing else is, and nobody is in two groups. */
export function suppressGroups(
  groups: readonly { readonly n: number }[],
  threshold: number = SUPPRESSION_THRESHOLD,
): Verdict[] {
  const places = groups.map((_, place) => place);
  const parts = places.map((place) => ({ members: [place] }));
  const sizes = groups.map(({ n }) => n);
  return judgeGroups([{ members: places }, ...parts], sizes, threshold).slice(1);
}
