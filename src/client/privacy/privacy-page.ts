// The page that tells a respondent who can see the answers and what is kept: plain HTML, made when the app is built, so that it
// costs the survey nothing, is there without network, and is read without a script.
import { LANGUAGES, type Language } from '#core/contract/language.ts';
import {
  columnsOf,
  DEVICE_PLACES,
  DEVICE_TABLES,
  LOGGED,
  RESPONSE_PARTS,
} from '#core/privacy/stored.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import { SHORT_ANSWERS } from './short-answers.ts';

/** A text of locales/<lang>/privacy.json by its key; throws where there is none. */
export type PrivacyWords = (key: string) => string;

/** What the page is made of besides its words: the addresses of its style sheet and its script. */
interface PageFiles {
  readonly style: string;
  readonly script: string;
}

const WHO = ['viewer', 'owner', 'auditor', 'operator', 'next', 'network'] as const;
const OTHERS = ['office', 'accounts', 'program'] as const;
const REMAINS = ['watching', 'shoulder', 'alike', 'small'] as const;

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

const list = (lines: readonly string[]) =>
  `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

/** Who sees what, as a list of terms. */
function whoSeesWhat(t: PrivacyWords): string {
  const rows = WHO.map(
    (who) =>
      `<div><dt>${escapeHtml(t(`who.${who}.who`))}</dt><dd>${escapeHtml(t(`who.${who}.what`))}</dd></div>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}

/** One part of the details, closed until somebody asks for it. */
const part = (title: string, content: string) =>
  `<details><summary><h3>${escapeHtml(title)}</h3></summary>${content}</details>`;

/** The columns of a response, with what the answers themselves are made of below theirs. */
function responseColumns(t: PrivacyWords): string {
  const parts = list(RESPONSE_PARTS.map((name) => t(`parts.${name}`)));
  const rows = columnsOf('response').map((column) => {
    const words = escapeHtml(t(`stored.response.columns.${column}`));
    return `<li>${words}${column === 'body' ? parts : ''}</li>`;
  });
  return `<ul>${rows.join('')}</ul>`;
}

function details(t: PrivacyWords): string {
  const places = [...DEVICE_PLACES, ...DEVICE_TABLES];
  return [
    part(t('who.title'), whoSeesWhat(t)),
    part(t('stored.response.title'), paragraph(t('stored.response.text')) + responseColumns(t)),
    part(
      t('stored.sum.title'),
      paragraph(t('stored.sum.text')) +
        list(columnsOf('sum').map((column) => t(`stored.sum.columns.${column}`))),
    ),
    part(t('never.title'), paragraph(t('never.text'))),
    part(
      t('device.title'),
      paragraph(t('device.text')) +
        list(places.map((place) => t(`device.places.${place}`))) +
        paragraph(t('device.history')),
    ),
    part(
      t('stored.report.title'),
      paragraph(t('stored.report.text')) +
        list(columnsOf('report').map((column) => t(`stored.report.columns.${column}`))),
    ),
    part(
      t('log.title'),
      paragraph(t('log.text')) +
        list(['time', ...LOGGED].map((name) => t(`log.lines.${name}`))) +
        paragraph(t('log.limits')) +
        paragraph(t('log.proxy')),
    ),
    part(
      t('others.title'),
      paragraph(t('others.text')) + list(OTHERS.map((about) => t(`others.${about}`))),
    ),
    part(t('long.title'), paragraph(t('long.text'))),
    part(t('remains.title'), list(REMAINS.map((what) => t(`remains.${what}`)))),
  ].join('\n');
}

/** The other languages are pages of their own, beside this one. */
function languageLinks(current: Language): string {
  const links = LANGUAGES.map((language) => {
    const isCurrent = language === current ? ' aria-current="true"' : '';
    return `<a class="language" lang="${language}" hreflang="${language}" href="/privacy/${language}.html"${isCurrent}>${LANGUAGE_NAMES[language]}</a>`;
  });
  return links.join('\n');
}

/** The whole page in a language. */
export function privacyPage(
  language: Language,
  t: PrivacyWords,
  { style, script }: PageFiles,
): string {
  const back = `<a class="button button-secondary" data-back href="/">${escapeHtml(t('back'))}</a>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${escapeHtml(t('title'))}</title>
<meta name="theme-color" content="#0b4f54">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<meta name="robots" content="noindex">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${style}">
<script defer src="${script}"></script>
</head>
<body>
<header>
<nav class="language-switch" aria-label="${escapeHtml(t('language'))}">
${languageLinks(language)}
</nav>
</header>
<main>
<h1>${escapeHtml(t('title'))}</h1>
<ul class="short">${SHORT_ANSWERS.map((line) => `<li>${escapeHtml(t(`short.${line}`))}</li>`).join('')}</ul>
<p>${back}</p>
<h2>${escapeHtml(t('more'))}</h2>
${details(t)}
<p>${back}</p>
</main>
</body>
</html>
`;
}
