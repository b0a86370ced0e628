import { type PublishedFigures, publishedFiguresSchema } from '../contract/figures.ts';
import { inArabicDigits } from '../typed-digits.ts';

// A published report from a file: JSON in the shape of the contract, or lines of a table, "I1,98.51".

/** `skipped`: the numbers of lines (from 1) that say nothing this can read; headings and empty lines are no loss. */
export type ReadFigures =
  | { state: 'read'; figures: PublishedFigures; skipped: readonly number[] }
  | { state: 'nothing-read' };

const YEAR_WORDS = new Set([
  'fiscalyear',
  'fiscal year',
  'year',
  'ปี',
  'ปีงบประมาณ',
  'ปีงบประมาณ พ.ศ.',
]);

/**
 * A score as people and programs write it: "98.5", "๙๘.๕๑", "100", "96,42". Null where it is none, or has more than two
 * decimals: it would have to be rounded once more.
 */
export function readFigure(typed: string): string | null {
  const plain = inArabicDigits(typed).trim().replace(',', '.');
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(plain) ?? [];
  if (whole === undefined) return null;
  const told = `${Number(whole)}.${decimals.padEnd(2, '0')}`;
  return Number(told) <= 100 ? told : null;
}

/** The cells of a line that commas, semicolons or tabs part; quotation marks keep a comma inside. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

const separatorOf = (text: string) =>
  ['\t', ';'].find((separator) => text.includes(separator)) ?? ',';

interface Draft extends PublishedFigures {
  tools: PublishedFigures['tools'];
}

/** Puts one line into the figures; false where it is not one of them. */
function readLine(figures: Draft, cells: readonly string[]): boolean {
  const [what = '', value = ''] = cells;
  if (YEAR_WORDS.has(what.toLowerCase())) {
    const year = publishedFiguresSchema.shape.fiscalYear.safeParse(Number(inArabicDigits(value)));
    if (year.success) figures.fiscalYear = year.data;
    return year.success;
  }
  const score = readFigure(value);
  const key = what.toUpperCase();
  if (score === null) return false;
  if (key === 'ITA') figures.ita = score;
  else if (key === 'IIT' || key === 'EIT' || key === 'OIT') figures.tools[key] = score;
  else if (/^[A-Z]\d{1,2}$/.test(key)) figures.items[key] = score;
  else if (/^([1-9]|1\d|20)$/.test(key)) figures.indicators[key] = score;
  else return false;
  return true;
}

const isEmpty = ({ ita, tools, indicators, items }: PublishedFigures) =>
  ita === null &&
  Object.values(tools).every((score) => score === null) &&
  Object.keys(indicators).length + Object.keys(items).length === 0;

function readTable(text: string, fiscalYear: number): ReadFigures {
  const figures: Draft = {
    fiscalYear,
    ita: null,
    tools: { IIT: null, EIT: null, OIT: null },
    indicators: {},
    items: {},
  };
  const separator = separatorOf(text);
  const lines = text.split(/\r\n|\n|\r/);
  const skipped = lines.flatMap((line, index) =>
    line.trim() === '' || readLine(figures, cellsOf(line, separator)) || index === 0
      ? []
      : [index + 1],
  );
  if (isEmpty(figures)) return { state: 'nothing-read' };
  return { state: 'read', figures, skipped };
}

/** The figures in the text of a file. `fiscalYear` is taken where the file does not say which. */
export function readFigures(text: string, fiscalYear: number): ReadFigures {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    const parsed = publishedFiguresSchema.safeParse(JSON.parse(plain));
    return parsed.success && !isEmpty(parsed.data)
      ? { state: 'read', figures: parsed.data, skipped: [] }
      : { state: 'nothing-read' };
  } catch {
    return readTable(plain, fiscalYear);
  }
}
