import type { Language } from '#core/contract/language.ts';
import type { SurveyTexts } from '#core/contract/page-data.ts';

type TextFile = Record<string, unknown>;
type TextFiles = Record<string, () => Promise<TextFile>>;

// The build puts all the files of one language into one chunk.
const SURVEY: TextFiles = import.meta.glob<TextFile>('../../../locales/*/survey.json', {
  import: 'default',
});
const PROBLEMS: TextFiles = import.meta.glob<TextFile>('../../../locales/*/problems.json', {
  import: 'default',
});
const INSTRUMENTS: TextFiles = import.meta.glob<TextFile>('../../../locales/*/instruments/*.json', {
  import: 'default',
});

async function load(files: TextFiles, path: string): Promise<TextFile> {
  const file = files[path];
  if (!file) throw new Error(`${path} is not part of this build`);
  return file();
}

/** The words of one language, and those of one instrument. Rejects when they cannot be fetched. */
export async function loadSurveyTexts(
  language: Language,
  instrument: string | null,
): Promise<SurveyTexts> {
  const folder = `../../../locales/${language}`;
  const [survey, problems] = await Promise.all([
    load(SURVEY, `${folder}/survey.json`),
    load(PROBLEMS, `${folder}/problems.json`),
  ]);
  if (instrument === null) return { survey, problems };
  const words = await load(INSTRUMENTS, `${folder}/instruments/${instrument}.json`);
  return { survey, problems, instrument: words };
}
