import { createInstance, type Resource } from 'i18next';
import type { Language } from '#core/contract/language.ts';
import { ApiError } from './api-error.ts';

/** Turns a key into words; values fill the places written {{so}}. `count` chooses the plural form. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** Texts of one instrument, as they are in locales/<lang>/instruments/<id>.json. */
export interface InstrumentTexts {
  title: string;
  translation: 'official' | 'unofficial';
  scales: Record<string, Record<string, string>>;
  indicators: Record<string, string>;
  items: Record<string, { short: string; full: string; options?: Record<string, string> }>;
  fields: Record<string, { label: string; options?: Record<string, string> }>;
}

/** Texts of one OIT, as they are in locales/<lang>/instruments/oit/<id>.json. */
export interface OitTexts {
  title: string;
  translation: 'official' | 'unofficial';
  indicators: Record<string, string>;
  subIndicators: Record<string, string>;
  items: Record<string, string>;
}

export interface Texts {
  language: Language;
  t: Translate;
  /** Undefined where the instrument has no texts in this build. */
  instrument(id: string): InstrumentTexts | undefined;
  /** Undefined where the OIT has no texts in this build. */
  oit(id: string): OitTexts | undefined;
}

type Loaders<Content> = Record<string, () => Promise<Content>>;

const ADMIN = import.meta.glob<Resource[string]>('../../../locales/*/admin.json', {
  import: 'default',
});
const PROBLEMS = import.meta.glob<Resource[string]>('../../../locales/*/problems.json', {
  import: 'default',
});
const OFFICE_PROBLEMS = import.meta.glob<Resource[string]>(
  '../../../locales/*/office-problems.json',
  { import: 'default' },
);
const INSTRUMENTS = import.meta.glob<InstrumentTexts>('../../../locales/*/instruments/*.json', {
  import: 'default',
});

const OITS = import.meta.glob<OitTexts>('../../../locales/*/instruments/oit/*.json', {
  import: 'default',
});

async function load<Content>(loaders: Loaders<Content>, path: string): Promise<Content> {
  const loader = loaders[path];
  if (!loader) throw new Error(`${path} is not part of this build`);
  return fetched(loader);
}

/** What a browser says of a file that did not come is of its own making. */
async function fetched<Content>(loader: () => Promise<Content>): Promise<Content> {
  try {
    return await loader();
  } catch {
    throw new ApiError('unreachable');
  }
}

/** Every file of the folder, by its name without the ending. */
async function loadFolder<Content>(
  loaders: Loaders<Content>,
  folder: string,
): Promise<Map<string, Content>> {
  const prefix = `${folder}/`;
  const entries = Object.entries(loaders)
    .filter(([path]) => path.startsWith(prefix))
    .map(
      async ([path, loader]) =>
        [path.slice(prefix.length, -'.json'.length), await fetched(loader)] as const,
    );
  return new Map(await Promise.all(entries));
}

/** Loads the words of one language only. Rejects with ApiError (unreachable) when a file cannot be fetched. */
export async function loadTexts(language: Language): Promise<Texts> {
  const folder = `../../../locales/${language}`;
  const [admin, problems, officeProblems, instruments, oits] = await Promise.all([
    load(ADMIN, `${folder}/admin.json`),
    load(PROBLEMS, `${folder}/problems.json`),
    load(OFFICE_PROBLEMS, `${folder}/office-problems.json`),
    loadFolder(INSTRUMENTS, `${folder}/instruments`),
    loadFolder(OITS, `${folder}/instruments/oit`),
  ]);
  const i18n = createInstance();
  await i18n.init({
    lng: language,
    defaultNS: 'admin',
    resources: { [language]: { admin, problems: Object.assign({}, problems, officeProblems) } },
    interpolation: { escapeValue: false }, // Preact escapes
  });
  return {
    language,
    t: (key, values) => i18n.t(key, { ...values }),
    instrument: (id) => instruments.get(id),
    oit: (id) => oits.get(id),
  };
}
