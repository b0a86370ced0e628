/**
 * A name as it is seen: one plain space between its words, as more of them, or such as do not break a line, are seen by nobody, and one
 * spelling of what Thai letters write alike. PDFs give นิคหิต and า for ำ, fingers type เ twice for แ, and a tone mark before the vowel
 * that stands below it.
 */
export const plainName = (name: string): string =>
  name
    .normalize()
    .replaceAll('\u200b', '')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replaceAll('\u0e40\u0e40', '\u0e41')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
