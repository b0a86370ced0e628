/** Sealed texts are as long as a multiple of this, in bytes: a finished response has about 300. */
const BLOCK = 512;

/** Ends the text; what follows is zeros (ISO/IEC 7816-4). */
const END = 0x80;

/** The bytes of a text with so many after them that their number tells nothing of which options were chosen. */
export function pad(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((text.length + 1) / BLOCK) * BLOCK);
  padded.set(text);
  padded[text.length] = END;
  return padded;
}

/** The bytes that were padded; null where they do not end as padding does. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  const end = padded.lastIndexOf(END);
  const isPadding = end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0);
  return isPadding ? padded.subarray(0, end) : null;
}
