import Papa from 'papaparse';
import { type ReadTable, readImportTable } from '#core/organizations/import-table.ts';
import { isNoText } from '../parts/decode-file.ts';

/**
 * quotes: a quotation mark has no other one, so that nobody knows where its cell ends. not-text: a file as Excel itself keeps it, or
 * of another kind.
 */
export type ReadText =
  | ReadTable
  | { state: 'wrong'; problem: 'not-text' }
  | { state: 'wrong'; problem: 'quotes'; row: number };

/** What programs write above a table for Excel, which does not show it: by what the cells are parted. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?\n/i;

/** Reads the text of a table whose cells commas, semicolons or tabs part, whichever fits. */
export function readTableText(text: string): ReadText {
  if (isNoText(text)) return { state: 'wrong', problem: 'not-text' };
  const plain = text.replace(/^\uFEFF/, '');
  const { data, errors } = Papa.parse<string[]>(plain.replace(SEPARATOR_LINE, ''), {
    delimiter: SEPARATOR_LINE.exec(plain)?.[1] ?? '',
    delimitersToGuess: [',', ';', '\t'],
  });
  const unclosed = errors.find(({ type }) => type === 'Quotes');
  if (unclosed) return { state: 'wrong', problem: 'quotes', row: (unclosed.row ?? 0) + 1 };
  return readImportTable(data);
}

/** A table as the text of a file that spreadsheets open; what they could take for a formula gets an apostrophe. */
export const tableText = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${Papa.unparse(
    lines.map((line) => [...line]),
    { newline: '\r\n', escapeFormulae: true },
  )}`;
