// Makes the Burmese fonts in public/fonts from Noto Sans Myanmar (SIL Open Font License 1.1; Debian: fonts-noto-core):
//     node locales/burmese-font.ts [path of NotoSansMyanmar-Regular.ttf]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';

const SOURCE = '/usr/share/fonts/truetype/noto/NotoSansMyanmar-Regular.ttf';
const FOLDER = new URL('../public/fonts/', import.meta.url);

/** The whole Burmese blocks and the space, because a name that an office typed may hold any letter of them. */
const RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x20],
  [0x1000, 0x109f],
  [0xa9e0, 0xa9ff],
  [0xaa60, 0xaa7f],
];

const characters = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
).join('');

const source = readFileSync(process.argv[2] ?? SOURCE);
mkdirSync(FOLDER, { recursive: true });

async function write(name: string, text: string): Promise<void> {
  const font = await subsetFont(source, text, { targetFormat: 'woff2', noHinting: true });
  writeFileSync(new URL(name, FOLDER), font);
  process.stdout.write(`${name}: ${font.length} bytes\n`);
}

await write('sucharit-myanmar.woff2', characters);
// The language's own name stands on every page, also for those who will never read Burmese.
await write('sucharit-myanmar-name.woff2', LANGUAGE_NAMES.my);
