import { describe, expect, test } from 'vitest';
import type { Organization } from '#core/contract/organization.ts';
import { MAX_IMPORT_ROWS } from '#core/contract/organization-import.ts';
import { importTableOf, readImportTable } from '#core/organizations/import-table.ts';
import { planImport } from '#core/organizations/plan-import.ts';

const THAI = ['เขต', 'เขต (อังกฤษ)', 'ส่วนราชการ', 'เป้าหมาย IIT', 'เป้าหมาย EIT', 'จำนวนเจ้าหน้าที่'];

/** The lines of a file whose headings are right. */
const read = (...lines: string[][]) => {
  const table = readImportTable([THAI, ...lines]);
  if (table.state !== 'read') throw new Error(table.problem);
  return table;
};

const faultsOf = (...lines: string[][]) =>
  read(...lines).faults.map(({ row, column, fault }) => `${row} ${column} ${fault}`);

describe('a table of districts and departments', () => {
  test('is read by Thai headings, with Thai digits, shares and thousands', () => {
    expect(
      read(
        ['เขตพระนคร', 'Phra Nakhon', 'ฝ่ายโยธา', '80%', '๑๒๐', '35'],
        ['เขตพระนคร', '', ' ฝ่ายทะเบียน ', '', '1,200', ''],
        ['เขตดุสิต'],
      ),
    ).toEqual({
      state: 'read',
      headings: 1,
      ignored: [],
      faults: [],
      rows: [
        {
          district: { th: 'เขตพระนคร', en: 'Phra Nakhon' },
          department: {
            name: { th: 'ฝ่ายโยธา' },
            plan: { IIT: { percent: 80 }, EIT: 120, headCount: 35 },
          },
        },
        {
          district: { th: 'เขตพระนคร' },
          department: { name: { th: 'ฝ่ายทะเบียน' }, plan: { EIT: 1200 } },
        },
        { district: { th: 'เขตดุสิต' } },
      ],
    });
  });

  test('is read by English headings in any order and case; others are named and left out', () => {
    const table = readImportTable([
      ['TARGET EIT', 'Remark', ' district', 'Department (English)', 'department'],
      ['60', 'x', 'เขตพระนคร', 'Public Works', 'ฝ่ายโยธา'],
    ]);
    expect(table).toMatchObject({
      ignored: ['Remark'],
      faults: [],
      rows: [
        {
          district: { th: 'เขตพระนคร' },
          department: { name: { th: 'ฝ่ายโยธา', en: 'Public Works' }, plan: { EIT: 60 } },
        },
      ],
    });
  });

  test.each<[string, string[], string[]]>([
    ['a missing district', ['', '', 'ฝ่ายโยธา'], ['2 district district-missing']],
    ['a target of nothing', ['เขต ก', '', '', '', '60'], ['2 department department-missing']],
    ['a name that is too long', ['ก'.repeat(201)], ['2 district name-too-long']],
    ['letters nobody can read', ['เขต\u202eก'], ['2 district unreadable']],
    [
      'a target in words',
      ['เขต ก', '', 'ฝ่าย', 'หก', '0'],
      ['2 IIT target-invalid', '2 EIT target-invalid'],
    ],
    ['a share of too much', ['เขต ก', '', 'ฝ่าย', '101%', '', '3'], ['2 IIT target-invalid']],
    [
      'a share of nobody knows how many',
      ['เขต ก', '', 'ฝ่าย', '80%'],
      ['2 headCount head-count-missing'],
    ],
    ['half a person', ['เขต ก', '', 'ฝ่าย', '', '', '2.5'], ['2 headCount head-count-invalid']],
    ['a cell without a heading', ['เขต ก', '', 'ฝ่าย', '', '', '', 'x'], ['2 null too-many-cells']],
  ])('names %s by its line and column', (_, line, faults) => {
    expect(faultsOf(line)).toEqual(faults);
  });

  test('names a line that does not go with one before, and which', () => {
    const { faults } = read(
      ['เขต ก', 'A', 'ฝ่ายโยธา'],
      [],
      ['เขต ก', 'A', 'ฝ่ายโยธา'],
      ['เขต ก', 'B', 'ฝ่ายทะเบียน'],
    );
    // Counted as a spreadsheet counts, the empty line too.
    expect(faults).toEqual([
      { row: 4, column: 'department', fault: 'department-twice', other: 2 },
      { row: 5, column: 'districtEn', fault: 'name-differs', other: 2 },
    ]);
  });

  test('names a district that stands twice by its own column', () => {
    expect(faultsOf(['เขต ก'], ['เขต ข'], ['เขต ก'])).toEqual(['4 district department-twice']);
  });

  test('has its headings where the most of them are understood, and counts lines from the first', () => {
    const table = readImportTable([
      ['หน่วยงาน', 'กรุงเทพมหานคร'],
      [],
      THAI,
      ['เขต ก', '', 'ฝ่ายโยธา', 'หก'],
    ]);
    expect(table).toMatchObject({
      headings: 3,
      faults: [{ row: 4, column: 'IIT', fault: 'target-invalid' }],
    });
    const above = Array.from({ length: 11 }, () => ['ประกาศ']);
    expect(readImportTable([...above, THAI, ['เขต ก']])).toMatchObject({ problem: 'no-district' });
    expect(readImportTable([['ประกาศ'], THAI])).toMatchObject({ problem: 'empty' });
  });

  test.each([
    ['รวม', '', '', '120', '600'],
    ['', '', 'รวมทั้งสิ้น', '120'],
    ['รวม 50 เขต'],
    ['Grand Total', '', '', '120'],
    ['หมายเหตุ: ข้อมูล ณ วันที่ 1 ตุลาคม 2567'],
  ])('takes no sum and no note for an office: %s', (...cells) => {
    expect(faultsOf(['เขต ก', '', 'ฝ่ายโยธา'], cells)).toEqual(['3 null not-a-row']);
  });

  test.each([
    ['the rest of those above', ['', '', '', 'IIT', 'EIT', 'รวม']],
    ['what is counted', ['', '', '', '(คน)', '(คน)']],
    ['parts and their sum', ['', '', '', 'ชาย', 'หญิง', 'รวม']],
    ['those of the next page', ['เขต', '', 'ส่วนราชการ']],
  ])(
    'takes no second line of headings for an office, and says where the first is: %s',
    (_, line) => {
      const { faults } = read(line, ['เขต ก', '', 'ฝ่ายโยธา', '10', '20', '30']);
      expect(faults).toEqual([{ row: 2, column: null, fault: 'headings-again', other: 1 }]);
    },
  );

  test.each([[['หมายเหตุ กรอกทุกช่อง', '', '']], [['หมายเหตุ:', '', '', '', 'กรอกทุกช่อง']]])(
    'takes a note right below the headings for a note: %s',
    (cells) => {
      expect(readImportTable([['ที่', ...THAI], cells, ['', 'เขต ก']])).toMatchObject({
        faults: [{ row: 2, column: null, fault: 'not-a-row' }],
      });
    },
  );

  test('misses the district of a first line that has a figure, a department, or only an English name', () => {
    expect(faultsOf(['', '', 'ฝ่ายโยธา'])).toEqual(['2 district district-missing']);
    expect(faultsOf(['', '', '', '', '60'])).toContain('2 district district-missing');
    expect(faultsOf(['', 'Phra Nakhon', ''])).toEqual(['2 district district-missing']);
  });

  test('takes a name that begins like a sum for a name', () => {
    expect(faultsOf(['เขตรวมใจ', '', 'ฝ่ายรวมพลัง'], ['รวมใจ'])).toEqual([]);
  });

  test('is refused whole where there is nothing, no district, one heading twice, or too much', () => {
    expect(readImportTable([THAI, []])).toMatchObject({ problem: 'empty' });
    expect(readImportTable([['ก'], ['ข']])).toMatchObject({ problem: 'no-district' });
    expect(
      readImportTable([
        ['District', 'เขต'],
        ['ก', 'ข'],
      ]),
    ).toMatchObject({
      problem: 'heading-twice',
      heading: 'เขต',
    });
    const many = Array.from({ length: MAX_IMPORT_ROWS + 1 }, (_, index) => [`เขต ${index}`]);
    expect(readImportTable([THAI, ...many])).toMatchObject({ problem: 'too-many-rows' });
  });
});

describe('an import', () => {
  const CITY: Organization = { id: 'city', parent: null, kind: 'city', name: { th: 'นคร' } };
  let ids = 0;
  const newId = () => `new-${(ids += 1)}`;
  const planOf = (tree: Organization[], ...lines: string[][]) =>
    planImport(tree, CITY.id, read(...lines).rows, newId);

  /** The tree after it. */
  function after(tree: Organization[], ...lines: string[][]): Organization[] {
    const { added, changed } = planOf(tree, ...lines);
    return [
      ...tree.map((one) => changed.find(({ before }) => before.id === one.id)?.after ?? one),
      ...added,
    ];
  }

  const LINES = [
    ['เขต ก', 'A', 'ฝ่ายโยธา', '80%', '60', '30'],
    ['เขต ก', '', 'ฝ่ายทะเบียน', '', '', ''],
    ['เขต ข', '', 'ฝ่ายโยธา', '', '40', ''],
  ];

  test('adds what is new, each below its own district, and nothing the second time', () => {
    const tree = after([CITY], ...LINES);
    expect(tree.map(({ name, kind }) => `${kind} ${name.th}`)).toEqual([
      'city นคร',
      'district เขต ก',
      'department ฝ่ายโยธา',
      'department ฝ่ายทะเบียน',
      'district เขต ข',
      'department ฝ่ายโยธา',
    ]);
    expect(planOf(tree, ...LINES)).toEqual({ added: [], changed: [], unchanged: 5, clashes: [] });
  });

  test('knows a name by its words, however they are parted', () => {
    const typed = { ...CITY, id: 'typed', parent: CITY.id, name: { th: 'เขต  ค' } };
    expect(
      after(
        [CITY, typed],
        ['เขต\u00a0ก'],
        ['  เขต  ก\u00a0', '', 'ฝ่าย\u200bโยธา'],
        ['เขต ก', '', 'งาน  ก'],
        ['เขต ค'],
      ).map(({ name }) => name.th),
    ).toEqual(['นคร', 'เขต  ค', 'เขต ก', 'ฝ่ายโยธา', 'งาน ก']);
    expect(faultsOf(['เขต ก', '', 'งาน ก'], ['เขต  ก', '', 'งาน\u00a0ก'])).toEqual([
      '3 department department-twice',
    ]);
  });

  test.each([
    ['ำ of two letters', 'สํานักน\u0e4d\u0e49\u0e32', 'สำนักน้ำ'],
    ['แ of two letters', 'เเผนกเเผนที่', 'แผนกแผนที่'],
    ['a tone mark before its vowel', 'ฝ่ายผ\u0e49\u0e39ใหญ่', 'ฝ่ายผู้ใหญ่'],
  ])('knows a name by what is seen: %s', (_, typed, seen) => {
    const [, district] = after([CITY], ['เขต ก', '', typed]);
    const known = { ...CITY, id: 'known', parent: district?.id ?? '', name: { th: typed } };
    const tree = [CITY, district ?? CITY, { ...known, kind: 'department' as const }];
    expect(after([CITY], ['เขต ก', '', typed]).at(-1)?.name.th).toBe(seen);
    expect(planOf(tree, ['เขต ก', '', seen])).toMatchObject({ added: [], unchanged: 2 });
    expect(faultsOf(['เขต ก', '', seen], ['เขต ก', '', typed])).toEqual([
      '3 department department-twice',
    ]);
  });

  test('changes what is said otherwise, and leaves alone what is left open', () => {
    const named = after([CITY], ...LINES).map((one) =>
      one.name.th === 'เขต ก' ? { ...one, name: { ...one.name, zh: '甲区' } } : one,
    );
    const { added, changed, unchanged } = planOf(
      named,
      ['เขต ก', 'District A', 'ฝ่ายโยธา', '', '70', ''],
      ['เขต ข'],
    );
    expect({ added, unchanged }).toEqual({ added: [], unchanged: 1 });
    expect(changed.map((one) => [one.after.name, one.after.plan])).toEqual([
      [{ th: 'เขต ก', en: 'District A', zh: '甲区' }, undefined],
      [{ th: 'ฝ่ายโยธา' }, { IIT: { percent: 80 }, EIT: 70, headCount: 30 }],
    ]);
  });

  test.each(['th', 'en'] as const)(
    'of the list that the server gives (%s) changes nothing',
    (language) => {
      const tree = after([CITY], ...LINES, ['เขต ค']);
      const table = readImportTable(importTableOf(tree, CITY.id, language));
      if (table.state !== 'read') throw new Error(table.problem);
      expect(table.faults).toEqual([]);
      expect(planImport(tree, CITY.id, table.rows, newId)).toEqual({
        added: [],
        changed: [],
        unchanged: 6,
        clashes: [],
      });
    },
  );
});
