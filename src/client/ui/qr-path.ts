import { encode } from 'uqr';

/** Modules of white round a code, as the standard (ISO/IEC 18004) asks for. */
const QUIET_ZONE = 4;

/** A QR code as one SVG path: `size` modules square with its quiet zone, `path` the black ones. */
export interface QrPath {
  size: number;
  path: string;
}

/** The QR code of a text with error correction M (15 % may be lost). */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE, boostEcc: true });
  const runs = data.flatMap((row, y) => {
    const parts: string[] = [];
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x] || row[x - 1]) continue;
      let end = x;
      while (row[end]) end += 1;
      parts.push(`M${x} ${y}h${end - x}v1H${x}z`);
    }
    return parts;
  });
  return { size, path: runs.join('') };
}
