import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, textField } from '#server/export/csv.ts';
import { readCsv } from './read-csv.ts';

/** Texts as people and attackers type them: everything that means something to a spreadsheet is frequent. */
const text = string({
  unit: oneof(
    constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      ' ',
      '"',
      ',',
      "'",
      '|',
      '!',
      '＝',
      '＋',
      '＠',
    ),
    constantFrom('\u00a0', '\u200b', '\ufeff', '\u3000', '\v', '\f', '\0'),
    constantFrom('ก', 'า', '่', 'SUM(', 'cmd', '1'),
    string({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

/** What a spreadsheet takes for the beginning of a formula once it has dropped what cannot be seen. */
function isFormula(field: string): boolean {
  const seen = field.replace(/^[\s\p{Cc}\p{Cf}]+/u, '');
  return /^[=+\-@＝＋－＠]/u.test(seen);
}

/** Besides, what begins with something that spreadsheets drop. */
const mayBeFormula = (field: string) => isFormula(field) || /^[\t\r\n]/.test(field);

describe('a text in a file for spreadsheets', () => {
  it('is never a formula', () => {
    assert(
      property(array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const [line = []] = readCsv(csvOf([texts.map(textField)]));
        for (const field of line) expect(isFormula(field)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back as it was, but for the apostrophe that keeps it from being one', () => {
    assert(
      property(array(array(text, { minLength: 1 }), { maxLength: 5 }), (lines) => {
        const read = readCsv(csvOf(lines.map((line) => line.map(textField))));
        const expected = lines.map((line) =>
          line.map((original) => (mayBeFormula(original) ? `'${original}` : original)),
        );
        expect(read).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+66 2 123', "'+66 2 123"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['\u200b=1', "'\u200b=1"],
    ['ฝ่ายโยธา', 'ฝ่ายโยธา'],
    ['a=b', 'a=b'],
    ['20 – 30 ปี', '20 – 30 ปี'],
  ])('%j stands as %j', (original, told) => {
    expect(readCsv(csvOf([[textField(original)]]))).toEqual([[told]]);
  });
});
