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
  const bare = html.replace(STYLE_LINK, (_, url: string) => {
    sheets.push(read(url).trim());
    return '';
  });
  if (sheets.length === 0) return { html, style: '', hash: null };
  const rules = sheets.join('\n');
  const style = `<style>${rules}</style>`;
  return {
    html: bare.replace('</head>', () => `${style}</head>`),
    style,
    hash: `sha256-${createHash('sha256').update(rules).digest('base64')}`,
  };
}
