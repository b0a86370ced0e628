import type { Channel } from './channel.ts';
import type { Language } from './language.ts';
import type { RenderFirstScreen, SurveyTexts } from './page-data.ts';

/** No code of one's own, one that is none, or one that does not open. */
export type PlainCodeTrouble = 'empty' | 'mistyped' | 'code-unknown' | 'code-spent';

/** Why a plain form comes back to whoever sent it. */
export type PlainTrouble =
  /** All that is wrong with it: its code, null where that is good, and the questions at which nothing is chosen. */
  | { kind: 'incomplete'; code: PlainCodeTrouble | null; missing: readonly string[] }
  /** The server can take nothing just now. */
  | { kind: 'not-taken' };

/** The whole questionnaire as one HTML form, for browsers that run no scripts. */
export interface PlainForm {
  language: Language;
  texts: SurveyTexts;
  channel: Channel;
  /** The id of the envelope that is made of it: what is sent twice counts once. */
  id: string;
  /** What was chosen, as it came: an option's number by the question's code, '' = would rather not say. */
  chosen: Readonly<Record<string, string>>;
  /** The code of one's own as it was typed; '' where none is asked for. */
  code: string;
  trouble: PlainTrouble | null;
}

/** The page after it. `wasSentBefore`: with other answers, and those count. */
export interface PlainThanks {
  language: Language;
  texts: SurveyTexts;
  channel: Channel;
  wasSentBefore: boolean;
}

/** What the build makes of the survey's views for the server: each gives what stands in a page's body, all of it escaped. */
export interface ServerViews {
  renderFirstScreen: RenderFirstScreen;
  renderPlainForm: (form: PlainForm) => string;
  renderPlainThanks: (thanks: PlainThanks) => string;
}
