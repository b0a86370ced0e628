import type { Language } from '../contract/language.ts';

/** The words of a questionnaire that the report needs, as they are in locales/<language>/instruments/<id>.json. */
export interface InstrumentWords {
  readonly title: string;
  readonly scales: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly indicators: Readonly<Record<string, string>>;
  readonly items: Readonly<
    Record<
      string,
      {
        readonly short: string;
        readonly full: string;
        readonly options?: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly fields: Readonly<
    Record<string, { readonly label: string; readonly options?: Readonly<Record<string, string>> }>
  >;
}

/** The words of an OIT, as they are in locales/<language>/instruments/oit/<id>.json. */
export interface OitWords {
  readonly title: string;
  readonly indicators: Readonly<Record<string, string>>;
  readonly subIndicators: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, string>>;
}

/** The language that a report is written in. */
export interface ReportWords {
  readonly language: Language;
  /** The words of a key of locales/<language>/report.json, with the values in the places written {{so}}. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  /** A text with its figures in the digits of the language. */
  readonly digits: (text: string) => string;
  /** Undefined where this build has no words for it. */
  instrument(id: string): InstrumentWords | undefined;
  /** The same for an OIT. */
  oit(id: string): OitWords | undefined;
}
