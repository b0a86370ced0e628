import type { Delivery } from './delivery.ts';

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
  /** What whoever was thanked at this entry was told last; undefined where nobody was, and to whoever comes to it by the address. */
  thanked(): Delivery['kind'] | undefined;
}

type HistoryWindow = Pick<Window, 'history' | 'addEventListener' | 'performance'>;

const BEFORE_ALL: Entry = { step: 'notice', depth: 0, reviewDepth: null };

interface State {
  surveyEntry?: Entry;
  thanked?: Delivery['kind'];
}

/** Of this page's own history: nobody else writes states there. */
const readEntry = (state: unknown): Entry => ((state ?? {}) as State).surveyEntry ?? BEFORE_ALL;

/**
 * Counts from the entry that the page came up on. What is before it was written by an earlier page, and where the browser was killed
 * in between the way there loads the page anew: whoever was just thanked would stand before the notice.
 */
export function createSurveyHistory(window: HistoryWindow): SurveyHistory {
  const { surveyEntry, ...noted } = (window.history.state as State | null) ?? {};
  // The language that was chosen stays noted.
  if (surveyEntry) window.history.replaceState(noted, '');
  // Every screen begins at its top; whoever is thanked is at the entry of the notice again, which may have been scrolled.
  window.history.scrollRestoration = 'manual';
  const withNotes = (entry: Entry): State => ({
    ...(window.history.state as State | null),
    surveyEntry: entry,
  });
  return {
    current: () => readEntry(window.history.state),
    push: (entry) => window.history.pushState(withNotes(entry), ''),
    replace: (entry, address) => window.history.replaceState(withNotes(entry), '', address),
    back: (entries) => window.history.go(-entries),
    onArrive: (listener) =>
      window.addEventListener('popstate', ({ state }) => listener(readEntry(state))),
    // Chromium keeps the state where the same poster is scanned in the same tab, perhaps by somebody else: 0 = by its address.
    thanked: () =>
      window.performance.navigation.type === 0
        ? undefined
        : (window.history.state as State | null)?.thanked,
  };
}
