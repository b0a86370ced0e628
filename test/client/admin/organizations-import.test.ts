import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeFile } from '#client/admin/parts/decode-file.ts';
import { inWindows874 } from '../../support/windows-874.ts';
import { readTableText, tableText } from '#client/admin/organizations-import/table-text.ts';

const ROWS = [
  {
    district: { th: 'เขตพระนคร', en: 'Phra Nakhon' },
    department: { name: { th: 'ฝ่าย "โยธา", ถนน' }, plan: { EIT: 60 } },
  },
  { district: { th: 'เขตดุสิต' } },
];

const text = (separator: string, end: string) =>
  [
    ['เขต', 'เขต (อังกฤษ)', 'ส่วนราชการ', 'เป้าหมาย EIT'],
    ['เขตพระนคร', 'Phra Nakhon', '"ฝ่าย ""โยธา"", ถนน"', '60'],
    ['เขตดุสิต', '', '', ''],
  ]
    .map((cells) => cells.join(separator) + end)
    .join('');

const inUtf16 = (words: string) =>
  Uint16Array.from(`\uFEFF${words}`, (letter) => letter.charCodeAt(0)).buffer;

const inUtf8 = (words: string) => Uint8Array.from(Buffer.from(words)).buffer;

describe('a file of a spreadsheet', () => {
  test.each([
    ['UTF-8 with commas', inUtf8(text(',', '\r\n'))],
    ['UTF-8 with its mark and semicolons', inUtf8(`\uFEFF${text(';', '\r\n')}`)],
    ['tabs, as what is pasted', inUtf8(text('\t', '\n'))],
    ['"Unicode text" with tabs', inUtf16(text('\t', '\r\n'))],
    ['the Thai code page', inWindows874(text(',', '\r\n')).buffer],
    ['no line end at its end', inUtf8(text(',', '\r\n').trimEnd())],
  ])('in %s says the same', (_, bytes) => {
    expect(readTableText(decodeFile(bytes))).toEqual({
      state: 'read',
      rows: ROWS,
      faults: [],
      headings: 1,
      ignored: [],
    });
  });

  test.each([
    ['sep=;', ';'],
    ['"sep=;"', ';'],
    ['SEP=,', ','],
    ['sep=\t', '\t'],
    ['sep=|', '|'],
  ])(
    'with "%s" above, which Excel does not show, says the same and counts as Excel does',
    (line, separator) => {
      const file = `\uFEFF${line}\r\n${text(separator, '\r\n')}`;
      expect(readTableText(decodeFile(inUtf8(file)))).toMatchObject({ rows: ROWS, headings: 1 });
    },
  );

  test.each([',', ';', '\t'])(
    'with a title above its headings says the same, its cells parted by "%s"',
    (separator) => {
      const title = `"ตารางเป้าหมาย, ปี 2568"${separator.repeat(3)}\r\n${separator.repeat(3)}\r\n`;
      const file = inUtf8(title + text(separator, '\r\n'));
      expect(readTableText(decodeFile(file))).toMatchObject({
        rows: ROWS,
        faults: [],
        headings: 3,
      });
      const bare = inWindows874(`ตารางเป้าหมาย\r\n${text(separator, '\r\n')}`);
      expect(readTableText(decodeFile(bare.buffer))).toMatchObject({ rows: ROWS, headings: 2 });
    },
  );

  test('that Excel kept as its own, zipped, is told not to be text', () => {
    const zipped = Uint8Array.from(deflateRawSync(Buffer.from(text(',', '\r\n').repeat(20))));
    const workbook = Uint8Array.from([...Buffer.from('PK\u0003\u0004\u0014\0\u0006\0'), ...zipped]);
    expect(readTableText(decodeFile(workbook.buffer))).toEqual({
      state: 'wrong',
      problem: 'not-text',
    });
  });

  test('whose quotation mark has no other one is refused by its line', () => {
    expect(readTableText('เขต,ฝ่าย\nเขต ก,ฝ่ายโยธา\nเขต ข,"ฝ่าย')).toEqual({
      state: 'wrong',
      problem: 'quotes',
      row: 3,
    });
  });

  test('that we wrote says the same, also of names that a spreadsheet could take for formulas', () => {
    const lines = [
      ['เขต', 'ส่วนราชการ'],
      ['=1+1', '@ฝ่าย "ก"; ข'],
    ];
    const written = tableText(lines);
    expect(written).toContain("'=1+1");
    expect(readTableText(written)).toMatchObject({
      rows: [{ district: { th: '=1+1' }, department: { name: { th: '@ฝ่าย "ก"; ข' } } }],
    });
  });
});
