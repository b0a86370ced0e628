/** Groups of fewer people than this are hidden. */
export const SUPPRESSION_THRESHOLD = 5;

/**
 * What becomes of one group. few: fewer people than the threshold; complement: large enough, but what everybody said
 * minus what the shown groups said would give a small group away.
 */
export type Verdict = 'shown' | 'few' | 'complement';

/**
 * Decides which groups of a whole may be shown, when the whole is shown too and nobody is in two groups. The verdicts
 * are in the order of the groups; `n` is people. A group of nobody is shown: there is nobody to protect, and it does not
 * make the hidden ones any larger.
 *
 *     hidden together     what the rest of the whole tells             so
 *     nobody              nothing                                      nothing more to do
 *     1 to threshold - 1  what so few people said                      the smallest shown group is hidden too
 *     threshold or more   what that many people said, mixed            nothing more to do
 */
export function suppressGroups(
  groups: readonly { readonly n: number }[],
  threshold: number = SUPPRESSION_THRESHOLD,
): Verdict[] {
  const verdicts = groups.map(({ n }): Verdict => (n > 0 && n < threshold ? 'few' : 'shown'));
  const hiddenPeople = groups.reduce(
    (sum, { n }, index) => sum + (verdicts[index] === 'few' ? n : 0),
    0,
  );
  if (hiddenPeople === 0 || hiddenPeople >= threshold) return verdicts;
  const [complement] = groups
    .map(({ n }, index) => ({ n, index }))
    .filter(({ n }) => n >= threshold)
    .sort((a, b) => a.n - b.n);
  if (complement) verdicts[complement.index] = 'complement';
  return verdicts;
}
