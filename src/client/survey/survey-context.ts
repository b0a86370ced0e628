import type { ReadonlySignal } from '@preact/signals';
import { createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { Texts } from '../i18n/texts.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { InAppBrowser } from './in-app-browser.ts';
import type { Survey } from './survey.ts';
import type { AppUpdate } from './update.ts';

/** What every screen of the survey may use. `inApp`: the app whose window this is, null in a real browser. */
export interface SurveyTools {
  survey: Survey;
  texts: Texts;
  inApp: InAppBrowser | null;
  update: AppUpdate;
  /** The outbox once it is open; null before, and where this device never kept anything. */
  outbox: ReadonlySignal<Outbox | null>;
  /** The page's one outbox, fetched and opened when first asked for. Rejects when its code cannot be fetched. */
  openOutbox: () => Promise<Outbox>;
  /** Back from the survey's first screen, where this page has one before it. */
  leave?: () => void;
  /** In the place of the link to the page about privacy, where nothing may lead away from this one. */
  privacyWay?: VNode;
  /** In the place of the button that begins, where no script hears it yet. */
  startWay?: VNode;
  /** In the place of the language switch, where no script hears it yet. */
  languageWay?: VNode;
}

export const SurveyContext = createContext<SurveyTools | null>(null);

export function useSurvey(): SurveyTools {
  const tools = useContext(SurveyContext);
  if (!tools) throw new Error('a screen of the survey stands outside its app');
  return tools;
}
