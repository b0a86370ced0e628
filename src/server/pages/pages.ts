import type { Language } from '#core/contract/language.ts';
import type { PageData } from '#core/contract/page-data.ts';
import type { PlainForm, PlainThanks, ServerViews } from '#core/contract/plain-form.ts';
import { createKeptPages, pageText, type PageText } from './page-text.ts';
import type { StyledPage } from './survey-style.ts';
import type { TextsFor } from './texts.ts';

const PLACE_FOR_DATA = '<!--page-data-->';
const PLACE_FOR_FIRST_SCREEN = '<div id="app"></div>';

export interface Pages {
  /** The survey's page in a language, with its first screen, its texts and what is known of the channel. */
  survey(language: Language, channel: PageData['channel']): PageText;
  /** The questionnaire as one form that needs no scripts, and the page after it. */
  plainForm(form: Omit<PlainForm, 'texts'>): string;
  plainThanks(thanks: Omit<PlainThanks, 'texts'>): string;
  kiosk(): PageText;
  admin(): PageText;
  display(): PageText;
  /** Of the style sheet inside the survey's page; null = there is none. */
  styleHash: string | null;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** JSON that no HTML parser mistakes for markup, whatever a name holds. */
const scriptJson = (data: PageData) => JSON.stringify(data).replaceAll('<', String.raw`\u003c`);

/** Without the words that no script of the survey says: those of the plain form, and those of an instrument that stand in results. */
function forScripts({ language, texts, channel }: PageData): PageData {
  const { plain: _plain, ...survey } = texts.survey;
  if (!texts.instrument) return { language, texts: { ...texts, survey }, channel };
  const { title: _title, indicators: _indicators, ...instrument } = texts.instrument;
  return { language, texts: { ...texts, survey, instrument }, channel };
}

function instrumentOf(channel: PageData['channel']): string | null {
  return channel.state === 'found' ? channel.channel.instrument.id : null;
}

/** The product's name in a language; the texts check sees to it that it is there. */
function titleOf(survey: Record<string, unknown>): string {
  return typeof survey['title'] === 'string' ? survey['title'] : 'Sucharit';
}

/** The pages of the build as they are on disk, and what renders the survey's first screen. */
export interface BuiltPages {
  survey: StyledPage;
  kiosk: string;
  admin: string;
  display: string;
  views: ServerViews;
}

/** The pages of the build; the survey's is filled in by the server. */
export function createPages(built: BuiltPages, textsFor: TextsFor): Pages {
  const keptPage = createKeptPages();
  const kiosk = pageText(built.kiosk);
  const admin = pageText(built.admin);
  const display = pageText(built.display);

  function surveyHtml(language: Language, channel: PageData['channel']): string {
    const texts = textsFor(language, instrumentOf(channel));
    const data = { language, texts, channel };
    const script = `<script type="application/json" id="page-data">${scriptJson(forScripts(data))}</script>`;
    // Whoever runs no scripts is at the plain form at once.
    const isOpen = channel.state === 'found' && channel.channel.state === 'open';
    const form = isOpen && `/s/${channel.channel.code}/form?lang=${language}`;
    const away = form
      ? `<noscript><meta http-equiv="refresh" content="0; url=${form}"></noscript>`
      : '';
    const title = `<title>${escapeHtml(titleOf(texts.survey))}</title>${away}`;
    // Replacements are functions: in a text, `$&` would stand for the match.
    return built.survey.html
      .replace(/<html\b[^>]*>/, () => `<html lang="${language}">`)
      .replace(/<title>[^<]*<\/title>/, () => title)
      .replace(PLACE_FOR_DATA, () => script)
      .replace(PLACE_FOR_FIRST_SCREEN, () => built.views.renderFirstScreen(data));
  }

  /** A page without scripts, in the survey's style. */
  function plainHtml(language: Language, title: string, body: string): string {
    return [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
      `<title>${escapeHtml(title)}</title>`,
      '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">',
      '<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">',
      `${built.survey.style}</head><body>${body}</body></html>`,
    ].join('');
  }

  return {
    plainForm(form) {
      const texts = textsFor(form.language, form.channel.instrument.id);
      const body = built.views.renderPlainForm({ ...form, texts });
      return plainHtml(form.language, titleOf(texts.survey), body);
    },
    plainThanks(thanks) {
      const texts = textsFor(thanks.language, thanks.channel.instrument.id);
      const body = built.views.renderPlainThanks({ ...thanks, texts });
      return plainHtml(thanks.language, titleOf(texts.survey), body);
    },
    survey(language, channel) {
      // What somebody mistyped is shown once, and there is no end of it.
      if (channel.state === 'problem') return pageText(surveyHtml(language, channel));
      return keptPage(`${language} ${JSON.stringify(channel)}`, () =>
        surveyHtml(language, channel),
      );
    },
    kiosk: () => kiosk,
    admin: () => admin,
    display: () => display,
    styleHash: built.survey.hash,
  };
}
