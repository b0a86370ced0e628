/** A random UUID v4 (RFC 9562, 5.4) from 16 random bytes; `crypto.randomUUID` is younger than our oldest browsers. */
export function uuidFrom(bytes: Uint8Array): string {
  const digits = Array.from(bytes.slice(0, 16), (byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x40;
    return index === 8 ? (byte & 0x3f) | 0x80 : byte;
  }).map((byte) => byte.toString(16).padStart(2, '0'));
  const part = (from: number, to: number) => digits.slice(from, to).join('');
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-');
}
