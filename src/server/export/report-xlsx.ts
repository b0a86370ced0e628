import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import type { Language } from '#core/contract/language.ts';
import type { Report, ReportCell, ReportSection, ReportTable } from '#core/contract/report.ts';

/** What a spreadsheet allows in the name of a tab. */
const TAB_LENGTH = 31;
const NOT_IN_TABS = /[[\]:*?/\\]/g;

/** Thai days are of the Buddhist era: 01 = Arabic digits, 07 = Buddhist calendar, 041E = Thai. */
const DAY_FORMAT: Record<Language, string> = {
  th: '[$-107041E]d mmmm yyyy',
  en: 'd mmmm yyyy',
  zh: 'yyyy-mm-dd',
  my: 'yyyy-mm-dd',
};

const WIDTHS = { words: 60, figures: 18 };
const HEADING_GROUND = '#dcebea';
const LINE = '#8a7f6d';

/** A text is a text in a spreadsheet, whatever it begins with: no formula is ever read from it. */
const wordsCell = (value: string): Cell => ({
  value,
  type: String,
  wrap: true,
  alignVertical: 'top',
});

const headingCell = (value: string, fontSize: number): Cell => ({
  value,
  type: String,
  fontWeight: 'bold',
  fontSize,
});

const numberCell = (value: number, format: string): Cell => ({
  value,
  type: Number,
  format,
  alignVertical: 'top',
});

function cellOf(cell: ReportCell, { language, withheld }: Report): Cell {
  switch (cell.type) {
    case 'text':
      return wordsCell(cell.text);
    case 'count':
      return numberCell(cell.value, '#,##0');
    case 'score':
    case 'percent':
      return cell.value === null ? null : numberCell(Number(cell.value), '0.00');
    case 'day':
      return {
        value: new Date(`${cell.day}T00:00:00Z`),
        type: Date,
        format: DAY_FORMAT[language],
        align: 'left',
      };
    case 'hidden':
    default:
      return {
        value: cell.reason === 'few' ? `< ${cell.below}` : withheld,
        type: String,
        align: 'right',
        alignVertical: 'top',
      };
  }
}

function tableRows({ title, note, facts, columns, rows }: ReportTable, report: Report): Row[] {
  return [
    [headingCell(title, 12)],
    ...(note === '' ? [] : [[wordsCell(note)]]),
    ...facts.map(({ label, cell }) => [wordsCell(label), cellOf(cell, report)]),
    columns.map((column): Cell => ({
      value: column.title,
      type: String,
      wrap: true,
      fontWeight: 'bold',
      backgroundColor: HEADING_GROUND,
      bottomBorderStyle: 'thin',
      bottomBorderColor: LINE,
      align: column.holds === 'figures' ? 'right' : 'left',
    })),
    ...rows.map((row) => row.map((cell) => cellOf(cell, report))),
    [],
  ];
}

function sheetOf(report: Report, section: ReportSection, head: readonly Row[]) {
  const most = Math.max(1, ...section.tables.map(({ columns }) => columns.length));
  return {
    sheet: section.shortTitle.replace(NOT_IN_TABS, ' ').slice(0, TAB_LENGTH),
    columns: Array.from({ length: most }, (_, index) => ({
      width: index === 0 ? WIDTHS.words : WIDTHS.figures,
    })),
    data: [
      ...head,
      [headingCell(section.title, 14)],
      ...section.paragraphs.map((paragraph) => [
        {
          value: paragraph,
          type: String,
          wrap: true,
          columnSpan: most,
          alignVertical: 'top' as const,
        },
      ]),
      [],
      ...section.tables.flatMap((table) => tableRows(table, report)),
    ],
  };
}

/** The report as a workbook: a sheet for each section, figures as numbers, days as days. */
export async function reportXlsx(report: Report): Promise<Buffer> {
  const { title, organization, fiscalYear, madeOn, sections } = report;
  const head: Row[] = [
    [headingCell(title, 16)],
    [headingCell(organization, 14)],
    [{ value: fiscalYear, type: Number, format: '0', align: 'left' }],
    [cellOf({ type: 'day', day: madeOn }, report)],
    [],
  ];
  return writeExcelFile(
    sections.map((section, index) => sheetOf(report, section, index === 0 ? head : [])),
  ).toBuffer();
}
