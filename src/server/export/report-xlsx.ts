import writeExcelFile, { type CellObject } from 'write-excel-file/node';
import type { Language } from '#core/contract/language.ts';
import type { Report, ReportCell, ReportSection, ReportTable } from '#core/contract/report.ts';
import { type SheetRow, withHeights } from './row-heights.ts';

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

/** In letters. */
const WIDTHS = { first: 56, words: 28, figures: 15 };
/** In letters: what is wider is printed on its side, else it could not be read. */
const WIDEST_UPRIGHT = 150;
const HEADING_GROUND = '#dcebea';
const LINE = '#8a7f6d';

/** A text is a text in a spreadsheet, whatever it begins with: no formula is ever read from it. */
const wordsCell = (value: string) => ({
  value,
  type: String,
  wrap: true,
  alignVertical: 'top' as const,
});

const headingCell = (value: string, fontSize: number): CellObject => ({
  value,
  type: String,
  fontWeight: 'bold',
  fontSize,
});

const numberCell = (value: number, format: string): CellObject => ({
  value,
  type: Number,
  format,
  alignVertical: 'top',
});

function cellOf(cell: ReportCell, { language, withheld }: Report): CellObject | null {
  switch (cell.type) {
    case 'text':
      return wordsCell(cell.text);
    case 'count':
      return numberCell(cell.value, '#,##0');
    case 'score':
    case 'percent':
      return cell.value === null ? null : numberCell(Number(cell.value), '0.00');
    case 'weight':
      return numberCell(Number(cell.value), '0.00##');
    case 'change':
      return cell.value === null ? null : numberCell(Number(cell.value), '+0.00;-0.00;0.00');
    case 'day':
      return {
        value: new Date(`${cell.day}T00:00:00Z`),
        type: Date,
        format: DAY_FORMAT[language],
        align: 'left',
        alignVertical: 'top',
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

const columnHead = ({ title, holds }: ReportTable['columns'][number]): CellObject => ({
  value: title,
  type: String,
  wrap: true,
  fontWeight: 'bold',
  backgroundColor: HEADING_GROUND,
  bottomBorderStyle: 'thin',
  bottomBorderColor: LINE,
  align: holds === 'figures' ? 'right' : 'left',
});

function tableRows({ title, note, facts, columns, rows }: ReportTable, report: Report): SheetRow[] {
  return [
    [headingCell(title, 12)],
    ...(note === '' ? [] : [[wordsCell(note)]]),
    ...facts.map(({ label, cell }) => [wordsCell(label), cellOf(cell, report)]),
    ...(rows.length === 0 ? [] : [columns.map(columnHead)]),
    ...rows.map((row) => row.map((cell) => cellOf(cell, report))),
    [],
  ];
}

/** The width of each column of a sheet whose tables stand below each other. */
function widthsOf(tables: readonly ReportTable[]): number[] {
  const most = Math.max(1, ...tables.map(({ columns }) => columns.length));
  return Array.from({ length: most }, (_, index) => {
    if (index === 0) return WIDTHS.first;
    const isOfWords = tables.some(({ columns }) => columns[index]?.holds === 'words');
    return isOfWords ? WIDTHS.words : WIDTHS.figures;
  });
}

function sheetOf(report: Report, section: ReportSection, head: readonly SheetRow[]) {
  const widths = widthsOf(section.tables);
  const rows: SheetRow[] = [
    ...head,
    [headingCell(section.title, 14)],
    ...section.paragraphs.map((paragraph) => [
      { ...wordsCell(paragraph), columnSpan: widths.length },
    ]),
    [],
    ...section.tables.flatMap((table) => tableRows(table, report)),
  ];
  return {
    sheet: section.shortTitle.replace(NOT_IN_TABS, ' ').slice(0, TAB_LENGTH),
    columns: widths.map((width) => ({ width })),
    data: withHeights(rows, widths),
  };
}

/** The XML of a sheet with the wish to be printed as wide as one page of A4, and as long as it has to be. */
function onePageWide(sheet: string): string {
  const widths = [...sheet.matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  const isWide = widths.reduce((sum, width) => sum + width, 0) > WIDEST_UPRIGHT;
  return sheet
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(
      '</worksheet>',
      `<pageSetup paperSize="9" orientation="${isWide ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/></worksheet>`,
    );
}

/** The report as a workbook: a sheet for each section, figures as numbers, days as days. */
export async function reportXlsx(report: Report): Promise<Buffer> {
  const { title, organization, fiscalYear, madeOn, sections } = report;
  const head: SheetRow[] = [
    [headingCell(title, 16)],
    [headingCell(organization, 14)],
    [{ value: fiscalYear, type: Number, format: '0', align: 'left' }],
    [cellOf({ type: 'day', day: madeOn }, report)],
    [],
  ];
  return writeExcelFile(
    sections.map((section, index) => sheetOf(report, section, index === 0 ? head : [])),
    {
      features: [
        { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform: onePageWide } } } },
      ],
    },
  ).toBuffer();
}
