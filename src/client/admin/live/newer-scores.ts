import type { ScoresReply } from '#core/contract/scores.ts';
import { asApiError } from '../api-error.ts';

/**
 * What is to be shown of what came: never older scores than are on show, as another server process may have them. Where the threshold is
 * another one, what came is by the assessment's own, whatever the clocks of two processes say.
 */
export function newerScores<Reply extends ScoresReply>(shown: Reply | null, came: Reply): Reply {
  const isOlder =
    shown !== null &&
    came.threshold === shown.threshold &&
    !came.isLatest &&
    came.asOf < shown.asOf;
  return isOlder ? { ...shown, isLatest: false } : came;
}

/**
 * What is to be shown where scores cannot be had: the other figures without them. Where no answer came and there were some, the page
 * stays as it is, which tells that the server is away: they must not vanish because it went between two requests.
 *
 * @throws ApiError `unreachable` in that case
 */
export function noScores(shown: ScoresReply | null, thrown: unknown): null {
  const error = asApiError(thrown);
  if (shown !== null && error.code === 'unreachable') throw error;
  return null;
}
