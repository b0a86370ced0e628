/** The encodings we send, best first. */
export type ContentEncoding = 'br' | 'gzip';

/** The best encoding that an Accept-Encoding header allows; null for none. */
export function encodingFor(header: string | undefined): ContentEncoding | null {
  const accepted = (header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}
