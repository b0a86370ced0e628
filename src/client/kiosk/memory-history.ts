import type { Entry, SurveyHistory } from '../survey/survey-history.ts';

const FIRST: Entry = { step: 'notice', depth: 0, reviewDepth: null };

const ignore = () => undefined;

/**
 * The way of one person through the questions, in the page's memory alone: the browser's own history never learns of it, so
 * that Back cannot lead whoever comes next to where the last person was.
 */
export function createMemoryHistory(): SurveyHistory {
  let entries: readonly Entry[] = [FIRST];
  let tell: (entry: Entry) => void = ignore;
  const current = () => entries[entries.length - 1] ?? FIRST;
  return {
    current,
    push(entry) {
      entries = [...entries, entry];
    },
    replace(entry) {
      entries = [...entries.slice(0, -1), entry];
    },
    back(steps) {
      entries = entries.slice(0, Math.max(1, entries.length - steps));
      tell(current());
    },
    onArrive(listener) {
      tell = listener;
    },
    // Nothing outlives a reload.
    thanked: ignore,
  };
}
