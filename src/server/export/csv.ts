// Text files for spreadsheets, as RFC 4180 has them: commas, CRLF, quotes where they are needed.

/** So that Excel takes the file for UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What a spreadsheet may take for a formula, also behind blanks and letters that cannot be seen, and in the full-width forms
 * that some of them know. A tab or a line break at the beginning is dropped by them, and what follows is read.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A text as one field. What could be taken for a formula gets an apostrophe in front, which spreadsheets read as "this is
 * text": names of departments are typed by people.
 */
export function textField(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

/** A line of a file from fields that are ready to be written. */
export const csvLine = (fields: readonly string[]): string => `${fields.join(',')}\r\n`;

/** The lines of a file. */
export const csvOf = (lines: readonly (readonly string[])[]): string => lines.map(csvLine).join('');
