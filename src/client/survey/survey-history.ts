/**
 * A browser history entry of the survey: which step, never an answer. `depth` counts the entries since the notice;
 * `reviewDepth` is where the review stands from which one answer is being changed.
 */
export interface Entry {
  step: string;
  depth: number;
  reviewDepth: number | null;
}

export interface SurveyHistory {
  /** The entry on show; depth 0 where the survey has written none yet. */
  current(): Entry;
  push(entry: Entry): void;
  replace(entry: Entry, address?: string): void;
  /** Goes back so many entries; the arrival is told to `onArrive`. */
  back(entries: number): void;
  onArrive(listener: (entry: Entry) => void): void;
}

type HistoryWindow = Pick<Window, 'history' | 'addEventListener'>;

function readEntry(state: unknown): Entry {
  const none: Entry = { step: 'notice', depth: 0, reviewDepth: null };
  if (typeof state !== 'object' || state === null || !('surveyEntry' in state)) return none;
  return state.surveyEntry as Entry;
}

export function createSurveyHistory(window: HistoryWindow): SurveyHistory {
  return {
    current: () => readEntry(window.history.state),
    push: (entry) => window.history.pushState({ surveyEntry: entry }, ''),
    replace: (entry, address) => window.history.replaceState({ surveyEntry: entry }, '', address),
    back: (entries) => window.history.go(-entries),
    onArrive: (listener) =>
      window.addEventListener('popstate', ({ state }) => listener(readEntry(state))),
  };
}
