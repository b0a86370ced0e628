/**
 * What no text may hold: control characters but tab and line ends, what turns the direction of the letters after it (a name
 * reads as another one then), and what XML has no place for. PostgreSQL takes no NUL, spreadsheets open no file with the others.
 */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

const isReadable = (text: string) => text.isWellFormed() && !UNREADABLE.test(text);

const partsOf = (value: object): [string | number, unknown][] =>
  Array.isArray(value) ? [...value.entries()] : Object.entries(value);

/** The way to the first text or key in some JSON that nobody could read; null where there is none. */
export function findUnreadable(value: unknown): (string | number)[] | null {
  if (typeof value === 'string') return isReadable(value) ? null : [];
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of partsOf(value)) {
    if (!isReadable(String(key))) return [];
    const found = findUnreadable(part);
    if (found) return [key, ...found];
  }
  return null;
}
