import { expect, test } from 'vitest';
import type { Report } from '#core/contract/report.ts';
import { reportCsv } from '#server/export/report-csv.ts';
import { reportXlsx } from '#server/export/report-xlsx.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { unzip } from './unzip.ts';

const REPORT: Report = {
  language: 'th',
  title: 'รายงาน',
  organization: '=HYPERLINK("http://x","y")',
  fiscalYear: 2567,
  madeOn: '2026-11-21',
  withheld: 'ไม่แสดง',
  sections: [
    {
      id: 'departments',
      title: '1. คะแนนแยกตามส่วนราชการ',
      shortTitle: '1. ส่วน/ราชการ: [ทั้งหมด] ที่มีชื่อยาวกว่าแถบของตาราง',
      paragraphs: ['ย่อหน้า, มีจุลภาค'],
      tables: [
        {
          id: 'scores-by-department',
          title: 'ตาราง',
          note: 'หมายเหตุ',
          facts: [
            { label: 'ผู้ตอบ', cell: { type: 'count', value: 725 } },
            { label: 'น้ำหนัก', cell: { type: 'weight', value: '0.2125' } },
          ],
          columns: [
            { title: 'ส่วนราชการ', holds: 'words' },
            { title: 'คน', holds: 'figures' },
            { title: 'คะแนน', holds: 'figures' },
            { title: 'ร้อยละ', holds: 'figures' },
            { title: 'ต่าง', holds: 'figures' },
          ],
          bars: 2,
          rows: [
            [
              { type: 'text', text: '=1+1' },
              { type: 'count', value: 1234 },
              { type: 'score', value: '98.13' },
              { type: 'percent', value: '0.41' },
              { type: 'change', value: '-1.20' },
            ],
            [
              { type: 'text', text: 'ฝ่าย "โยธา"' },
              { type: 'hidden', reason: 'few', below: 5 },
              { type: 'hidden', reason: 'complement', below: 5 },
              { type: 'score', value: null },
              { type: 'change', value: null },
            ],
          ],
        },
        {
          id: 'scores-items-oit',
          title: 'คะแนนรายข้อ OIT',
          note: 'ยังไม่ได้ประเมินตนเอง',
          facts: [],
          columns: [{ title: 'หัวที่ไม่มีแถว', holds: 'words' }],
          bars: null,
          rows: [],
        },
      ],
    },
    {
      id: 'method',
      title: '2. วิธีคิด',
      shortTitle: '2. วิธีคิด',
      paragraphs: [],
      tables: [
        {
          id: 'method-about',
          title: 'ข้อมูลรายงาน',
          note: '',
          facts: [],
          columns: [{ title: 'วันที่', holds: 'words' }],
          bars: null,
          rows: [[{ type: 'day', day: '2026-11-21' }]],
        },
      ],
    },
  ],
};

test('the text file begins with a byte order mark and has what the report has, without formulas', () => {
  const text = reportCsv(REPORT);
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(readCsv(text.slice(1))).toEqual([
    ['รายงาน'],
    [`'=HYPERLINK("http://x","y")`],
    ['2567'],
    ['2026-11-21'],
    [''],
    ['1. คะแนนแยกตามส่วนราชการ'],
    ['ย่อหน้า, มีจุลภาค'],
    [''],
    ['ตาราง'],
    ['หมายเหตุ'],
    ['ผู้ตอบ', '725'],
    ['น้ำหนัก', '0.2125'],
    ['ส่วนราชการ', 'คน', 'คะแนน', 'ร้อยละ', 'ต่าง'],
    ["'=1+1", '1234', '98.13', '0.41', '-1.20'],
    ['ฝ่าย "โยธา"', '< 5', 'ไม่แสดง', '', ''],
    [''],
    ['คะแนนรายข้อ OIT'],
    ['ยังไม่ได้ประเมินตนเอง'],
    [''],
    ['2. วิธีคิด'],
    [''],
    ['ข้อมูลรายงาน'],
    ['วันที่'],
    ['2026-11-21'],
    [''],
  ]);
});

test('the workbook has a sheet for each section, figures as numbers and days as days', async () => {
  const [departments, method, ...others] = readXlsx(await reportXlsx(REPORT));
  expect(others).toEqual([]);
  expect(departments?.name).toBe('1. ส่วน ราชการ   ทั้งหมด  ที่มี');
  expect(method?.name).toBe('2. วิธีคิด');

  const at = (value: string | number) =>
    [...(departments?.cells ?? [])].find(([, cell]) => cell.value === value)?.[1];
  expect(at('=1+1')).toMatchObject({ isFormula: false });
  expect(at('=HYPERLINK("http://x","y")')).toMatchObject({ isFormula: false });
  expect(at(1234)).toMatchObject({ format: '#,##0' });
  expect(at(98.13)).toMatchObject({ format: '0.00' });
  expect(at(0.41)).toMatchObject({ format: '0.00' });
  expect(at(0.2125)).toMatchObject({ format: '0.00##' });
  expect(at(-1.2)).toMatchObject({ format: '+0.00;-0.00;0.00' });
  expect(at('หัวที่ไม่มีแถว')).toBeUndefined();
  expect(at('< 5')).toBeDefined();
  expect(at('ไม่แสดง')).toBeDefined();
  const cells = [...(departments?.cells.values() ?? []), ...(method?.cells.values() ?? [])];
  expect(cells.some(({ isFormula }) => isFormula)).toBe(false);

  // 21 November 2026 is the 46,347th day of spreadsheets; Excel shows it as 21 พฤศจิกายน 2569.
  const day = [...(method?.cells.values() ?? [])].find(({ value }) => value === 46_347);
  expect(day?.format).toContain('107041E');
});

test('a sheet is printed one page wide, on its side where it has many words', async () => {
  const [departments, method] = REPORT.sections;
  if (!departments || !method) throw new Error('the report has two sections');
  const words = Array.from({ length: 6 }, () => ({ title: 'คำ', holds: 'words' as const }));
  const [table] = method.tables;
  if (!table) throw new Error('the section has a table');
  const wide = { ...method, tables: [{ ...table, columns: words }] };
  const files = unzip(await reportXlsx({ ...REPORT, sections: [departments, wide] }));
  const setUps = [1, 2].map((number) => {
    const xml = new TextDecoder().decode(files.get(`xl/worksheets/sheet${number}.xml`));
    return /<pageSetup[^>]*>/.exec(xml)?.[0];
  });
  expect(setUps[0]).toContain('orientation="portrait" fitToWidth="1"');
  expect(setUps[1]).toContain('orientation="landscape" fitToWidth="1"');
});
