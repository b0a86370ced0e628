/** A name with one plain space between its words: more of them, or such as do not break a line, are seen by nobody. */
export const inSingleSpaces = (name: string): string =>
  name
    .replaceAll('\u200b', '')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
