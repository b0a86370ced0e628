import { inflateSync } from 'node:zlib';

/** Sizes of the sheets of a PDF that Chromium made, in points. */
export function sheetsOf(pdf: Buffer): { width: number; height: number }[] {
  const plain = pdf.toString('latin1');
  const pages = plain.split(/\/Type\s*\/Page\b/).slice(1);
  return pages.map((page, index) => {
    const around = `${plain.split(/\/Type\s*\/Page\b/)[index]?.slice(-200)}${page.slice(0, 2000)}`;
    const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(around) ?? [];
    return { width: Math.round(Number(width)), height: Math.round(Number(height)) };
  });
}

/** The objects of a PDF that Chromium made, by number: what is said of each, and its stream as text. */
function objectsOf(pdf: Buffer): Map<string, { about: string; stream: string }> {
  const plain = pdf.toString('latin1');
  const found = new Map<string, { about: string; stream: string }>();
  for (const match of plain.matchAll(/(\d+) 0 obj\n?([\s\S]*?)(?:stream\r?\n|endobj)/g)) {
    const [whole, number = '', about = ''] = match;
    const length = Number(/\/Length (\d+)/.exec(about)?.[1] ?? 0);
    const start = match.index + whole.length;
    const bytes = pdf.subarray(start, start + length);
    const isDeflated = whole.includes('stream') && about.includes('/FlateDecode');
    found.set(number, { about, stream: isDeflated ? inflateSync(bytes).toString('latin1') : '' });
  }
  return found;
}

/** Text as a PDF writes it: UTF-16 with the higher byte first. */
const textOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What each glyph of a font stands for, as its ToUnicode map tells. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', text = ''] of block.matchAll(/<(\w+)> <(\w+)>/g))
      letters.set(Number.parseInt(glyph, 16), textOf(text));
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let glyph = Number.parseInt(from, 16); glyph <= Number.parseInt(to, 16); glyph += 1)
        letters.set(
          glyph,
          String.fromCharCode(Number.parseInt(text, 16) + glyph - Number.parseInt(from, 16)),
        );
  return letters;
}

/** The Latin text of each sheet of a PDF that Chromium made, without blanks. */
export function textsOf(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ about }) => /\/Type\s*\/Page\b/.test(about));
  return pages.map(({ about }) => {
    const content = objects.get(/\/Contents (\d+)/.exec(about)?.[1] ?? '')?.stream ?? '';
    const fonts = new Map(
      [...about.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => {
        const map = /\/ToUnicode (\d+)/.exec(objects.get(number)?.about ?? '')?.[1] ?? '';
        return [name, lettersOf(objects.get(map)?.stream ?? '')];
      }),
    );
    let letters = new Map<number, string>();
    let text = '';
    for (const [, font, shown = ''] of content.matchAll(
      /\/(F\d+) [\d.]+ Tf|(<\w+>|\[[^\]]*\])\s*TJ?/g,
    )) {
      if (font) letters = fonts.get(font) ?? new Map();
      for (const [, hex = ''] of shown.matchAll(/<(\w+)>/g))
        for (const glyph of hex.match(/.{4}/g) ?? [])
          text += letters.get(Number.parseInt(glyph, 16)) ?? '';
    }
    return text.replaceAll(/\s/g, '');
  });
}
