import { signal, type ReadonlySignal } from '@preact/signals';
import type { Language } from '#core/contract/language.ts';
import type { SurveyTexts } from '#core/contract/page-data.ts';
import { inDigitsOf } from './digits.ts';
import { translate, type Words } from './translate.ts';

/**
 * Turns a key into words; values fill the places written {{so}}, `count` chooses the plural form. Of several keys the
 * first that has words is taken. Keys of other files are `problems:<code>` and `<instrument id>:<path>`.
 */
export type Translate = (
  key: string | readonly string[],
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The respondent's words, in one language at a time. Reading `t` inside a component makes it follow the language. */
export interface Texts {
  readonly language: ReadonlySignal<Language>;
  readonly t: Translate;
  /** Shows another language; what is on show stays until its words are there. Rejects when they cannot be fetched. */
  switchTo(language: Language): Promise<void>;
  /** Makes the words of an instrument ready, in this language and in those that are chosen later. */
  useInstrument(id: string): Promise<void>;
}

/** The words the page starts with. `instrument`: the id whose words are in `texts`, null if none. */
export interface FirstTexts {
  language: Language;
  texts: SurveyTexts;
  instrument: string | null;
}

export type LoadTexts = (language: Language, instrument: string | null) => Promise<SurveyTexts>;

export function createTexts(first: FirstTexts, load: LoadTexts): Texts {
  const files = new Map<Language, Map<string, Words>>();
  const language = signal(first.language);
  let instrument = first.instrument;
  let wanted = first.language;

  const filesOf = (of: Language) => files.get(of) ?? new Map<string, Words>();

  const add = (to: Language, texts: SurveyTexts, id: string | null) => {
    const known = filesOf(to).set('survey', texts.survey).set('problems', texts.problems);
    if (id !== null) known.set(id, texts.instrument ?? {});
    files.set(to, known);
  };
  add(first.language, first.texts, instrument);

  const isReady = (to: Language) => filesOf(to).has(instrument ?? 'survey');

  /** Both may change while words are on their way: so the words go where they were asked for, and the caller looks again. */
  const fetchFor = async (to: Language) => {
    const id = instrument;
    add(to, await load(to, id), id);
  };

  return {
    language,
    t: (key, values) =>
      inDigitsOf(language.value, translate(filesOf(language.value), language.value, key, values)),
    async switchTo(next) {
      wanted = next;
      while (!isReady(next)) await fetchFor(next);
      if (wanted === next) language.value = next;
    },
    async useInstrument(id) {
      instrument = id;
      while (!isReady(language.value)) await fetchFor(language.value);
    },
  };
}
