import type { Language } from '#core/contract/language.ts';
import type { PageData } from '#core/contract/page-data.ts';
import type { TextsFor } from './texts.ts';

const PLACE_FOR_DATA = '<!--page-data-->';

export interface Pages {
  /** The survey's page in a language, with its texts and what is known of the channel. */
  survey(language: Language, channel: PageData['channel']): string;
  kiosk(): string;
  admin(): string;
  display(): string;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** JSON that no HTML parser mistakes for markup, whatever a name holds. */
const scriptJson = (data: PageData) => JSON.stringify(data).replaceAll('<', String.raw`\u003c`);

function instrumentOf(channel: PageData['channel']): string | null {
  return channel.state === 'found' ? channel.channel.instrument.id : null;
}

/** The product's name in a language; the texts check sees to it that it is there. */
function titleOf(survey: Record<string, unknown>): string {
  return typeof survey['title'] === 'string' ? survey['title'] : 'Sucharit';
}

/** The pages of the build as they are on disk. */
interface BuiltPages {
  survey: string;
  kiosk: string;
  admin: string;
  display: string;
}

/** The pages of the build; the survey's is filled in by the server. */
export function createPages(built: BuiltPages, textsFor: TextsFor): Pages {
  return {
    survey(language, channel) {
      const texts = textsFor(language, instrumentOf(channel));
      const script = `<script type="application/json" id="page-data">${scriptJson({ language, texts, channel })}</script>`;
      const title = `<title>${escapeHtml(titleOf(texts.survey))}</title>`;
      // Replacements are functions: in a text, `$&` would stand for the match.
      return built.survey
        .replace(/<html\b[^>]*>/, () => `<html lang="${language}">`)
        .replace(/<title>[^<]*<\/title>/, () => title)
        .replace(PLACE_FOR_DATA, () => script);
    },
    kiosk: () => built.kiosk,
    admin: () => built.admin,
    display: () => built.display,
  };
}
