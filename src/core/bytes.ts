/** Of every runtime, though not of the language: TypeScript's libraries have it with the DOM alone. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };

/** A text's bytes in UTF-8. */
export const utf8Of = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Bytes as lower-case hex digits, two for each. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes in a row of hex digits. */
export const fromHex = (digits: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
