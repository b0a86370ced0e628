import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeFile } from '../../../src/client/admin/organizations-import/decode-file.ts';
import {
  readTableText,
  tableText,
} from '../../../src/client/admin/organizations-import/table-text.ts';

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

/** Thai letters follow each other in the code page of Windows as they do in Unicode. */
const inWindows874 = (words: string) =>
  Uint8Array.from(words, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x80 ? code : code - 0x0e00 + 0xa0;
  }).buffer;

const inUtf16 = (words: string) =>
  Uint16Array.from(`\uFEFF${words}`, (letter) => letter.charCodeAt(0)).buffer;

const inUtf8 = (words: string) => Uint8Array.from(Buffer.from(words)).buffer;

describe('a file of a spreadsheet', () => {
  test.each([
    ['UTF-8 with commas', inUtf8(text(',', '\r\n'))],
    ['UTF-8 with its mark and semicolons', inUtf8(`\uFEFF${text(';', '\r\n')}`)],
    ['tabs, as what is pasted', inUtf8(text('\t', '\n'))],
    ['"Unicode text" with tabs', inUtf16(text('\t', '\r\n'))],
    ['the Thai code page', inWindows874(text(',', '\r\n'))],
    ['no line end at its end', inUtf8(text(',', '\r\n').trimEnd())],
  ])('in %s says the same', (_, bytes) => {
    expect(readTableText(decodeFile(bytes))).toEqual({
      state: 'read',
      rows: ROWS,
      faults: [],
      ignored: [],
    });
  });

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
