import { useEffect } from 'preact/hooks';
import type { ScoresReply } from '#core/contract/scores.ts';
import type { LiveFigures } from './live-figures.ts';

/** Scores of many responses follow the numbers of people by so much. */
const BEHIND_MS = 2_000;

/** Asks again while newer scores are being made: where another server process makes them, no event tells that they are there. */
export function useBehind(
  latest: LiveFigures<{ scores: ScoresReply | null }>['latest'],
  askNow: () => void,
): void {
  useEffect(() => {
    if (latest?.value.scores?.isLatest ?? true) return undefined;
    const timer = setTimeout(askNow, BEHIND_MS);
    return () => clearTimeout(timer);
  }, [latest]);
}
