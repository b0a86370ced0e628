import { LANGUAGES, type Language } from '#core/contract/language.ts';
import type { SurveyTexts } from '#core/contract/page-data.ts';
import type { LoadTexts } from '../i18n/texts.ts';

/** Only the page uses this cache; the service worker leaves it alone. What is in it is read as it is. */
const CACHE = 'words-v1';

/**
 * The words that were on show on this device, for a start without network: a first visit fetches no copy of any language, as its
 * page brings one.
 */
export interface KeptWords {
  /** From the device where it has them, else fetched, and then kept. */
  load: LoadTexts;
  /** Best effort. Never rejects. */
  keep(language: Language, instrument: string | null, texts: SurveyTexts): Promise<void>;
  /** The language to begin with: the first that can be had. Rejects where none can. */
  loadFirst(wanted: Language): Promise<{ language: Language; texts: SurveyTexts }>;
}

/**
 * `build`: the address of this build's script, so that no other build's words are taken. Without Cache Storage (see channel-store.ts) all
 * words are fetched.
 */
export function createKeptWords(
  fetchTexts: LoadTexts,
  storage: CacheStorage | undefined,
  build: string,
): KeptWords {
  const ofBuild = `?of=${encodeURIComponent(build)}`;
  const addressOf = (language: Language, instrument: string | null) =>
    `/words/${language}/${instrument ?? ''}${ofBuild}`;

  async function read(language: Language, instrument: string | null): Promise<SurveyTexts | null> {
    try {
      const cache = await storage?.open(CACHE);
      const kept = await cache?.match(addressOf(language, instrument));
      return kept ? await kept.json() : null;
    } catch {
      return null;
    }
  }

  const keep: KeptWords['keep'] = async (language, instrument, texts) => {
    try {
      const cache = await storage?.open(CACHE);
      if (!cache) return;
      for (const request of await cache.keys())
        if (!request.url.endsWith(ofBuild)) await cache.delete(request);
      const kept = () => new Response(JSON.stringify(texts));
      await cache.put(addressOf(language, null), kept());
      if (instrument !== null) await cache.put(addressOf(language, instrument), kept());
    } catch {
      // No room or no permission.
    }
  };

  const load: LoadTexts = async (language, instrument) => {
    const kept = await read(language, instrument);
    if (kept) return kept;
    const texts = await fetchTexts(language, instrument);
    void keep(language, instrument, texts);
    return texts;
  };

  return {
    load,
    keep,
    async loadFirst(wanted) {
      const others = LANGUAGES.filter((language) => language !== wanted);
      for (const language of [wanted, ...others]) {
        const texts = await load(language, null).catch(() => null);
        if (texts) return { language, texts };
      }
      throw new Error('no words can be had');
    },
  };
}
