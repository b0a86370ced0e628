import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { type Language, LANGUAGES } from '#core/contract/language.ts';
import type { InstrumentWords, OitWords, ReportWords } from '#core/report/report-words.ts';

interface Known {
  instruments: ReadonlyMap<string, unknown>;
  oitInstruments: ReadonlyMap<string, unknown>;
}

/** The words of a report in a language. */
export type WordsFor = (language: Language) => ReportWords;

/** Burmese has digits of its own; the other languages write Arabic ones. */
function digitsOf(language: Language): (text: string) => string {
  if (language !== 'my') return (text) => text;
  return (text) => text.replace(/\d/g, (digit) => '၀၁၂၃၄၅၆၇၈၉'.charAt(Number(digit)));
}

/**
 * Reads the report's words of all languages once.
 *
 * @throws the file system's error if a file of `locales/` is missing, SyntaxError if one is no JSON
 */
export function readReportWords(folder: string, { instruments, oitInstruments }: Known): WordsFor {
  function read(language: Language): ReportWords {
    const file = (name: string) =>
      JSON.parse(readFileSync(join(folder, language, `${name}.json`), 'utf8'));
    const own = new Map<string, InstrumentWords>(
      [...instruments.keys()].map((id) => [id, file(`instruments/${id}`)]),
    );
    const oit = new Map<string, OitWords>(
      [...oitInstruments.keys()].map((id) => [id, file(`instruments/oit/${id}`)]),
    );
    const digits = digitsOf(language);
    const i18n = createInstance();
    void i18n.init({
      lng: language,
      initAsync: false,
      defaultNS: 'report',
      resources: { [language]: { report: file('report') } },
      interpolation: { escapeValue: false }, // whoever writes the report escapes
    });
    return {
      language,
      t: (key, values = {}) =>
        i18n.t(
          key,
          Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, digits(String(value))]),
          ),
        ),
      digits,
      instrument: (id) => own.get(id),
      oit: (id) => oit.get(id),
    };
  }
  const words = new Map(LANGUAGES.map((language) => [language, read(language)]));
  return function wordsFor(language) {
    const known = words.get(language);
    if (!known) throw new Error('a language without words');
    return known;
  };
}
