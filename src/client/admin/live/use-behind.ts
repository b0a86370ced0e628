import { useEffect } from 'preact/hooks';
import type { Participation } from '#core/contract/participation.ts';
import type { Scores } from '#core/contract/scores.ts';
import { isOlder } from '../overview/participation-view.ts';
import type { LiveFigures } from './live-figures.ts';

/** Scores of many responses follow the numbers of people by so much. */
const BEHIND_MS = 2_000;

/** Asks again while the scores are of fewer people than have answered: no event tells that they were judged anew. */
export function useBehind(
  latest: LiveFigures<{ participation: Participation; scores: Scores | null }>['latest'],
  askNow: () => void,
): void {
  useEffect(() => {
    const { participation, scores } = latest?.value ?? {};
    if (!participation || !scores || !isOlder(scores, participation)) return undefined;
    const timer = setTimeout(askNow, BEHIND_MS);
    return () => clearTimeout(timer);
  }, [latest]);
}
