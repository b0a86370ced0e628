import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, LANGUAGES } from '#core/contract/language.ts';
import type { SurveyTexts } from '#core/contract/page-data.ts';

/** The texts the survey's page carries in a language, with those of the channel's instrument if there is one. */
export type TextsFor = (language: Language, instrument: string | null) => SurveyTexts;

type TextFile = Record<string, unknown>;

/**
 * Reads the survey's texts of all languages once.
 *
 * @throws the file system's error if a file of `locales/` is missing, SyntaxError if one is no JSON
 */
export function readTexts(folder: string, instruments: readonly string[]): TextsFor {
  const read = (language: Language, name: string): TextFile =>
    JSON.parse(readFileSync(join(folder, language, `${name}.json`), 'utf8'));
  const texts = new Map(
    LANGUAGES.map((language) => [
      language,
      {
        common: { survey: read(language, 'survey'), problems: read(language, 'problems') },
        instruments: new Map(instruments.map((id) => [id, read(language, `instruments/${id}`)])),
      },
    ]),
  );
  return function textsFor(language, instrument) {
    const known = texts.get(language);
    if (!known) throw new Error('a language without texts');
    const own = instrument === null ? undefined : known.instruments.get(instrument);
    return own ? { ...known.common, instrument: own } : known.common;
  };
}
