import type { Channel } from './channel.ts';
import type { Language } from './language.ts';
import type { ProblemCode } from './problem.ts';

/** The texts of one language that the survey needs: the parsed locale files, nested as they are on disk. */
export interface SurveyTexts {
  survey: Record<string, unknown>;
  problems: Record<string, unknown>;
  /** Texts of the channel's instrument; absent where the page has no channel. */
  instrument?: Record<string, unknown>;
}

/**
 * What the server writes into the survey's page as `<script type="application/json" id="page-data">`, so that the first
 * visit costs one round trip. The precached page has none of it. The browser trusts it unparsed: it
 * is part of the document that our own server made from parsed data, and zod stays off the critical path.
 */
export interface PageData {
  language: Language;
  texts: SurveyTexts;
  channel:
    | { state: 'none' }
    | { state: 'found'; channel: Channel }
    | { state: 'problem'; code: string; problem: ProblemCode };
}

/** The first screen of a page as HTML, all of it escaped: what stands in its body until the scripts take it over. */
export type RenderFirstScreen = (data: PageData) => string;
