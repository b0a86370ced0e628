// A page that is loaded anew, by whoever pulled it down, comes back from reading about privacy, or wants a language that only a newer
// version has, goes on in the language that was chosen. The note stands in this page's entries of the tab's history.
import type { Language } from '#core/contract/language.ts';

const NOTE = 'leftIn';

type State = Readonly<Record<string, unknown>> | null;

/** `notes`: what else is to be known there. */
export function noteLanguage(language: Language, notes?: object): void {
  history.replaceState({ ...(history.state as State), [NOTE]: language, ...notes }, '');
}

/** The noted language, which may be anything that was once written there; no language's name where there is none. */
export const notedLanguage = () => String((history.state as State)?.[NOTE]);
