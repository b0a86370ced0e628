// `npm run locales:sheet`: all texts side by side, for a reviewer who works in a spreadsheet.
import writeExcelFile from 'write-excel-file/node';
import { LANGUAGE_NAMES } from '#client/i18n/language-names.ts';
import { LANGUAGES } from '#core/contract/language.ts';
import { readTexts, withoutPlural } from './texts.ts';

const OUTPUT = process.argv[2] ?? 'locales-review.xlsx';

const byLanguage = LANGUAGES.map((language) => ({ language, texts: readTexts(language) }));
const files = [...new Set(byLanguage.flatMap(({ texts }) => [...texts.keys()]))];

const bold = (value: string) => ({ value, fontWeight: 'bold' as const, wrap: true });
const cell = (value: string) => ({
  value,
  type: String,
  wrap: true,
  alignVertical: 'top' as const,
});

const textOf = (texts: ReadonlyMap<string, string> | undefined, key: string) =>
  [texts?.get(key), texts?.get(`${key}_one`), texts?.get(`${key}_other`)]
    .filter((text) => text !== undefined)
    .join('\n');

const sheets = files.map((file) => {
  const keys = new Set(
    byLanguage.flatMap(({ texts }) => [...(texts.get(file)?.keys() ?? [])].map(withoutPlural)),
  );
  return {
    // Excel allows 31 characters and no slash in a sheet's name.
    sheet: file.replace('.json', '').replaceAll('/', ' ').slice(0, 31),
    columns: [{ width: 30 }, ...LANGUAGES.map(() => ({ width: 48 })), { width: 40 }],
    stickyRowsCount: 1,
    data: [
      [
        bold('key'),
        ...LANGUAGES.map((language) => bold(LANGUAGE_NAMES[language])),
        bold('ความเห็นของผู้ตรวจ / reviewer’s note'),
      ],
      ...[...keys].map((key) => [
        cell(key),
        ...byLanguage.map(({ texts }) => cell(textOf(texts.get(file), key))),
        null,
      ]),
    ],
  };
});

await writeExcelFile(sheets).toFile(OUTPUT);
process.stdout.write(`${OUTPUT}: ${files.length} sheets, ${LANGUAGES.length} languages\n`);
