import type { ScoresReply } from '#core/contract/scores.ts';

/**
 * What is to be shown of what came: never older scores than are on show, as another server process may have them. Where the threshold is
 * another one, what came is by the assessment's own, whatever the clocks of two processes say.
 */
export function newerScores(shown: ScoresReply | null, came: ScoresReply): ScoresReply {
  const isOlder =
    shown !== null &&
    came.threshold === shown.threshold &&
    !came.isLatest &&
    came.asOf < shown.asOf;
  return isOlder ? { ...shown, isLatest: false } : came;
}
