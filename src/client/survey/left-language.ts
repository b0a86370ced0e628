// Who leaves the survey to read about privacy and comes back may find the page loaded anew, as whoever wants a language that only a
// newer version has: then it goes on in that language. The note stands in this page's entry of the tab's history and goes when it is read.
import type { Language } from '#core/contract/language.ts';

const NOTE = 'leftIn';

type State = Readonly<Record<string, unknown>> | null;

export function noteLanguage(language: Language): void {
  history.replaceState({ ...(history.state as State), [NOTE]: language }, '');
}

/** The noted language, which may be anything that was once written there; null where there is none. */
export function takeLanguage(): string | null {
  const { [NOTE]: language, ...state } = (history.state as State) ?? {};
  if (typeof language !== 'string') return null;
  history.replaceState(state, '');
  return language;
}
