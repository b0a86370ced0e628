import { signal, type ReadonlySignal } from '@preact/signals';
import { askBeforeUnload } from '../ui/ask-before-unload.ts';
import { hrefOf, parseRoute, type Route } from './routes.ts';

/** The part of a browser's window that the router needs. */
export type RouterWindow = Pick<
  Window,
  'location' | 'history' | 'addEventListener' | 'confirm' | 'scrollTo'
>;

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** How often the place changed since the page was opened; 0 = it is still the first one. */
  readonly moves: ReadonlySignal<number>;
  go(route: Route): void;
  /** Asks, where a guard has a question; true = what is typed may be lost. */
  mayLeave(): boolean;
  /** Like go, but Back does not return to the place that is left. */
  replace(route: Route): void;
  /** Writes another address for the page on show, which stays where it is: what a list is filtered by. */
  rewrite(route: Route): void;
  /**
   * Asks before the place is left, while `question` gives words (unsaved changes), or another one does. Returns the function that
   * ends it.
   */
  guard(question: () => string | null): () => void;
}

/** A router on the History API. */
export function createRouter(window: RouterWindow): Router {
  const read = () => parseRoute(window.location.pathname, window.location.search);
  const route = signal(read());
  const moves = signal(0);
  const questions = new Set<() => string | null>();
  let address = window.location.href;

  const question = () => [...questions].map((ask) => ask()).find((words) => words !== null);

  function mayLeave(): boolean {
    const words = question();
    return words === undefined || window.confirm(words);
  }

  function arrive() {
    address = window.location.href;
    route.value = read();
    moves.value += 1;
    window.scrollTo(0, 0);
  }

  window.addEventListener('popstate', () => {
    if (mayLeave()) arrive();
    else window.history.pushState(null, '', address);
  });
  window.addEventListener('beforeunload', (event) => {
    if (question() !== undefined) askBeforeUnload(event);
  });

  return {
    route,
    moves,
    mayLeave,
    go(next) {
      if (!mayLeave()) return;
      window.history.pushState(null, '', hrefOf(next));
      arrive();
    },
    replace(next) {
      window.history.replaceState(null, '', hrefOf(next));
      arrive();
    },
    rewrite(next) {
      window.history.replaceState(null, '', hrefOf(next));
      address = window.location.href;
      route.value = read();
    },
    guard(next) {
      questions.add(next);
      return () => {
        questions.delete(next);
      };
    },
  };
}
