// The table of an import: a line for each department, with its district, or for a district alone.
import { peopleCountSchema, targetSchema } from '../contract/assessment.ts';
import { localizedNameSchema } from '../contract/language-schema.ts';
import type { DepartmentPlan, Organization } from '../contract/organization.ts';
import { type ImportRow, MAX_IMPORT_ROWS } from '../contract/organization-import.ts';
import { inArabicDigits } from '../typed-digits.ts';
import { plainName } from './plain-name.ts';

/** The columns in the order in which we write them. */
export const IMPORT_COLUMNS = [
  'district',
  'districtEn',
  'department',
  'departmentEn',
  'IIT',
  'EIT',
  'headCount',
] as const;

export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** The headings that are understood, the one that we write first; letters in either case. */
const HEADINGS: Readonly<
  Record<'th' | 'en', Readonly<Record<ImportColumn, readonly [string, ...string[]]>>>
> = {
  th: {
    district: ['เขต', 'ชื่อเขต', 'สำนักงานเขต', 'หน่วยงาน', 'ชื่อหน่วยงาน'],
    districtEn: ['เขต (อังกฤษ)', 'ชื่อเขตภาษาอังกฤษ', 'หน่วยงาน (อังกฤษ)'],
    department: ['ส่วนราชการ', 'ชื่อส่วนราชการ', 'ฝ่าย', 'ชื่อฝ่าย'],
    departmentEn: ['ส่วนราชการ (อังกฤษ)', 'ชื่อส่วนราชการภาษาอังกฤษ', 'ฝ่าย (อังกฤษ)'],
    IIT: ['เป้าหมาย IIT', 'IIT'],
    EIT: ['เป้าหมาย EIT', 'EIT'],
    headCount: ['จำนวนบุคลากร', 'จำนวนเจ้าหน้าที่', 'เจ้าหน้าที่', 'บุคลากร'],
  },
  en: {
    district: ['District', 'Office', 'Organization'],
    districtEn: ['District (English)', 'Office (English)'],
    department: ['Department', 'Section'],
    departmentEn: ['Department (English)', 'Section (English)'],
    IIT: ['Target IIT', 'IIT target'],
    EIT: ['Target EIT', 'EIT target'],
    headCount: ['Staff', 'Head count', 'Number of staff'],
  },
};

export type RowFault =
  | 'district-missing'
  | 'department-missing'
  | 'name-too-long'
  | 'unreadable'
  | 'target-invalid'
  | 'head-count-invalid'
  | 'head-count-missing'
  | 'department-twice'
  | 'name-differs'
  | 'too-many-cells'
  | 'not-a-row'
  | 'headings-again';

/** What is wrong with a line: `row` from 1 with the headings, as spreadsheets count; without a column the whole line is. */
export interface Fault {
  row: number;
  column: ImportColumn | null;
  fault: RowFault;
  /** Another line that it does not go with. */
  other?: number;
}

/** `headings`: the line they stand in; what is above it is left out. `ignored`: those not understood, whose columns are left out. */
export type ReadTable =
  | { state: 'read'; rows: ImportRow[]; faults: Fault[]; headings: number; ignored: string[] }
  | { state: 'wrong'; problem: 'empty' | 'no-district' | 'too-many-rows' }
  | { state: 'wrong'; problem: 'heading-twice'; heading: string };

/** As the server has it: control characters, and what turns the direction of the letters. */
const UNREADABLE = /\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffd-\uffff]/u;

const folded = (heading: string) =>
  heading.trim().replace(/\s+/g, ' ').replace(/ ?\*$/, '').toLowerCase();

const COLUMN_OF = new Map(
  [HEADINGS.th, HEADINGS.en].flatMap((headings) =>
    IMPORT_COLUMNS.flatMap((column) =>
      headings[column].map((heading) => [folded(heading), column] as const),
    ),
  ),
);

/** So many lines may stand above the headings: a title, the year, who made it. */
const MOST_ABOVE = 10;

interface Line {
  row: number;
  cells: string[];
}

const columnsOf = ({ cells }: Line) =>
  cells.map((heading) => COLUMN_OF.get(folded(heading)) ?? null);

/** Which of the first lines has the headings: the most that are understood, a district's among them. -1 = none. */
function headingsAmong(lines: readonly Line[]): number {
  const understood = lines.slice(0, MOST_ABOVE + 1).map((line) => {
    const columns = columnsOf(line);
    return columns.includes('district') ? columns.filter((column) => column !== null).length : 0;
  });
  const most = Math.max(0, ...understood);
  return most === 0 ? -1 : understood.indexOf(most);
}

/** A sum or a note, as tables end with them; no office is called so. */
const NO_ROW =
  /^(?:ผล|ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด)?(?: ?[\d๐-๙].*)?$|^(?:grand )?total$|^(?:หมายเหตุ|ที่มา)(?: |:|$)/i;

const isHeading = (cell: string) => COLUMN_OF.has(folded(cell));

/** Whether a line has headings too: nothing else is in it, or it goes on with those right above it, and is no note. */
function isOfHeadings({ cells }: Line, named: Cells, isBelow: boolean): boolean {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.every(isHeading)) return true;
  const names = named.district + named.districtEn + named.department + named.departmentEn;
  if (!isBelow || names !== '' || filled.some((cell) => /[\d๐-๙]/.test(cell))) return false;
  // A sum is named at the end of such headings too, behind others.
  return filled.some(isHeading) || !NO_ROW.test(filled[0] ?? '');
}

/** Without the commas that part thousands. */
const inPlainDigits = (typed: string) =>
  inArabicDigits(typed)
    .replace(/,(?=\d{3}(?:\D|$))/g, '')
    .trim();

/** A file that we wrote has an apostrophe before what a spreadsheet could take for a formula. */
const withoutApostrophe = (cell: string) => plainName(cell.replace(/^'(?=[=+\-@])/, ''));

/** Undefined where nothing is said, null where it is no number of people. */
function countIn(cell: string): number | null | undefined {
  if (cell === '') return undefined;
  const digits = inPlainDigits(cell);
  const count = peopleCountSchema.safeParse(/^\d+$/.test(digits) ? Number(digits) : null);
  return count.success ? count.data : null;
}

type Target = NonNullable<DepartmentPlan['IIT']>;

/** A number of responses, or "80%" of the people on the staff list. */
function targetIn(cell: string): Target | null | undefined {
  const [, share] = /^(\d+)\s*[%％]$/.exec(inPlainDigits(cell)) ?? [];
  if (share === undefined) return countIn(cell);
  const target = targetSchema.safeParse({ percent: Number(share) });
  return target.success ? target.data : null;
}

const isShare = (target: Target | null | undefined) =>
  typeof target === 'object' && target !== null;

type Cells = Readonly<Record<ImportColumn, string>>;

/** The faults of a line by itself. */
function* faultsOf(cells: Cells): Generator<[ImportColumn, RowFault]> {
  for (const column of IMPORT_COLUMNS)
    if (UNREADABLE.test(cells[column])) yield [column, 'unreadable'];
  for (const column of ['district', 'districtEn', 'department', 'departmentEn'] as const)
    if (!localizedNameSchema.shape.th.safeParse(cells[column] || '-').success)
      yield [column, 'name-too-long'];
  if (cells.district === '') yield ['district', 'district-missing'];
  const isOfDepartment = cells.departmentEn + cells.IIT + cells.EIT + cells.headCount !== '';
  if (cells.department === '' && isOfDepartment) yield ['department', 'department-missing'];
  for (const tool of ['IIT', 'EIT'] as const)
    if (targetIn(cells[tool]) === null) yield [tool, 'target-invalid'];
  if (countIn(cells.headCount) === null) yield ['headCount', 'head-count-invalid'];
  const hasShare = isShare(targetIn(cells.IIT)) || isShare(targetIn(cells.EIT));
  if (hasShare && cells.headCount === '') yield ['headCount', 'head-count-missing'];
}

const nameOf = (th: string, en: string) => (en === '' ? { th } : { th, en });

/** A line that has no faults. */
function rowOf(cells: Cells): ImportRow {
  const district = nameOf(cells.district, cells.districtEn);
  if (cells.department === '') return { district };
  const [IIT, EIT, headCount] = [
    targetIn(cells.IIT),
    targetIn(cells.EIT),
    countIn(cells.headCount),
  ];
  const plan = { ...(IIT && { IIT }), ...(EIT && { EIT }), ...(headCount && { headCount }) };
  return { district, department: { name: nameOf(cells.department, cells.departmentEn), plan } };
}

/** What one line says against another one before it. */
function createComparison() {
  const districts = new Map<string, { en: string; row: number }>();
  const departments = new Map<string, number>();
  return function* compare(
    { district, districtEn, department }: Cells,
    row: number,
  ): Generator<Omit<Fault, 'row'>> {
    const told = districts.get(district);
    if (!told?.en) districts.set(district, { en: districtEn, row });
    else if (districtEn !== '' && districtEn !== told.en)
      yield { column: 'districtEn', fault: 'name-differs', other: told.row };
    const key = `${district}\n${department}`;
    const before = departments.get(key);
    if (before === undefined) departments.set(key, row);
    else
      yield {
        column: department ? 'department' : 'district',
        fault: 'department-twice',
        other: before,
      };
  };
}

/** Reads the cells of a file, the headings in one of its first lines; lines without anything in them are no lines. */
export function readImportTable(lines: readonly (readonly string[])[]): ReadTable {
  const filled: Line[] = lines
    .map((line, index) => ({ row: index + 1, cells: line.map(withoutApostrophe) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length < 2) return { state: 'wrong', problem: 'empty' };
  const at = headingsAmong(filled);
  const [first, ...others] = filled.slice(Math.max(0, at));
  if (at < 0 || !first) return { state: 'wrong', problem: 'no-district' };
  const columns = columnsOf(first);
  if (others.length === 0) return { state: 'wrong', problem: 'empty' };
  const again = columns.findIndex(
    (column, index) => column !== null && columns.indexOf(column) < index,
  );
  if (again >= 0)
    return { state: 'wrong', problem: 'heading-twice', heading: first.cells[again] ?? '' };
  if (others.length > MAX_IMPORT_ROWS) return { state: 'wrong', problem: 'too-many-rows' };

  const compare = createComparison();
  const rows: ImportRow[] = [];
  const faults: Fault[] = [];
  for (const line of others) {
    const { row, cells } = line;
    const cellAt = (column: ImportColumn) => cells[columns.indexOf(column)] ?? '';
    const named: Cells = {
      district: cellAt('district'),
      districtEn: cellAt('districtEn'),
      department: cellAt('department'),
      departmentEn: cellAt('departmentEn'),
      IIT: cellAt('IIT'),
      EIT: cellAt('EIT'),
      headCount: cellAt('headCount'),
    };
    if (isOfHeadings(line, named, line === others[0])) {
      faults.push({ row, column: null, fault: 'headings-again', other: first.row });
      continue;
    }
    if (cells.some((cell) => NO_ROW.test(cell))) {
      faults.push({ row, column: null, fault: 'not-a-row' });
      continue;
    }
    const own: Omit<Fault, 'row'>[] = [...faultsOf(named)].map(([column, fault]) => ({
      column,
      fault,
    }));
    if (cells.slice(columns.length).some((cell) => cell !== ''))
      own.push({ column: null, fault: 'too-many-cells' });
    if (own.length === 0) own.push(...compare(named, row));
    faults.push(...own.map((fault) => ({ row, ...fault })));
    if (own.length === 0) rows.push(rowOf(named));
  }
  const ignored = first.cells.filter((heading, index) => heading !== '' && columns[index] === null);
  return { state: 'read', rows, faults, headings: first.row, ignored };
}

const targetText = (target: DepartmentPlan['IIT']) => {
  if (target === undefined) return '';
  return typeof target === 'number' ? String(target) : `${target.percent}%`;
};

/** What is below `parent` as such a table, headings first: read back it changes nothing. */
export function importTableOf(
  tree: readonly Organization[],
  parent: string,
  language: 'th' | 'en',
): string[][] {
  const below = (id: string) => tree.filter((one) => one.parent === id);
  const lines = below(parent).flatMap((district) => {
    const own = [district.name.th, district.name.en ?? ''];
    const departments = below(district.id);
    if (departments.length === 0) return [[...own, '', '', '', '', '']];
    return departments.map(({ name, plan = {} }) => [
      ...own,
      name.th,
      name.en ?? '',
      targetText(plan.IIT),
      targetText(plan.EIT),
      String(plan.headCount ?? ''),
    ]);
  });
  return [IMPORT_COLUMNS.map((column) => HEADINGS[language][column][0]), ...lines];
}
