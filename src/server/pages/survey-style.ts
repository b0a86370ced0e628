import { createHash } from 'node:crypto';

const STYLE_LINK = /\s*<link rel="stylesheet"[^>]*? href="([^"]+)"[^>]*>/g;

/** A page with its style sheets inside, so that nothing has to be fetched before it shows; `hash` as the content security policy takes it. */
export interface StyledPage {
  html: string;
  /** The style as an element; '' = there is none. */
  style: string;
  hash: string | null;
}

/**
 * Puts what the page's links to style sheets lead to into the page. `read`: a file of the build by its URL path.
 *
 * @throws whatever `read` throws, where a file is not there
 */
export function withStyleInside(html: string, read: (url: string) => string): StyledPage {
  const sheets: string[] = [];
  const urls: string[] = [];
  const bare = html.replace(STYLE_LINK, (_, url: string) => {
    sheets.push(read(url).trim());
    urls.push(url);
    return '';
  });
  if (sheets.length === 0) return { html, style: '', hash: null };
  const rules = sheets.join('\n');
  // Of one file the page knows that it has it, and the service worker need not fetch it again. @see client/survey/hand-over-style.ts
  const file = urls.length === 1 ? ` data-file="${urls[0]}"` : '';
  const style = `<style${file}>${rules}</style>`;
  return {
    html: bare.replace('</head>', () => `${style}</head>`),
    style,
    hash: `sha256-${createHash('sha256').update(rules).digest('base64')}`,
  };
}
