// Makes public/fonts/sucharit-myanmar.woff2 from Noto Sans Myanmar (SIL Open Font License 1.1; Debian: fonts-noto-core):
//     node locales/burmese-font.ts [path of NotoSansMyanmar-Regular.ttf]
// The whole Burmese blocks and the space, because a name that an office typed may hold any letter of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';

const SOURCE = '/usr/share/fonts/truetype/noto/NotoSansMyanmar-Regular.ttf';
const TARGET = new URL('../public/fonts/sucharit-myanmar.woff2', import.meta.url);

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
const font = await subsetFont(source, characters, { targetFormat: 'woff2', noHinting: true });
mkdirSync(new URL('.', TARGET), { recursive: true });
writeFileSync(TARGET, font);
process.stdout.write(`${characters.length} characters, ${font.length} bytes\n`);
