import type { Report, ReportCell, ReportTable } from '#core/contract/report.ts';
import { BYTE_ORDER_MARK, csvOf, textField } from './csv.ts';

type Line = readonly string[];

function fieldOf(cell: ReportCell, withheld: string): string {
  switch (cell.type) {
    case 'text':
      return textField(cell.text);
    case 'count':
      return String(cell.value);
    case 'score':
    case 'percent':
    case 'weight':
    case 'change':
      return cell.value ?? '';
    case 'day':
      return cell.day;
    case 'hidden':
    default:
      return textField(cell.reason === 'few' ? `< ${cell.below}` : withheld);
  }
}

function tableLines({ title, note, facts, columns, rows }: ReportTable, withheld: string): Line[] {
  return [
    [textField(title)],
    ...(note === '' ? [] : [[textField(note)]]),
    ...facts.map(({ label, cell }) => [textField(label), fieldOf(cell, withheld)]),
    ...(rows.length === 0 ? [] : [columns.map((column) => textField(column.title))]),
    ...rows.map((row) => row.map((cell) => fieldOf(cell, withheld))),
    [],
  ];
}

/** The report as one text file for spreadsheets: section after section, table after table. */
export function reportCsv(report: Report): string {
  const lines: Line[] = [
    [textField(report.title)],
    [textField(report.organization)],
    [String(report.fiscalYear)],
    [report.madeOn],
    [],
    ...report.sections.flatMap(({ title, paragraphs, tables }) => [
      [textField(title)],
      ...paragraphs.map((paragraph) => [textField(paragraph)]),
      [],
      ...tables.flatMap((table) => tableLines(table, report.withheld)),
    ]),
  ];
  return BYTE_ORDER_MARK + csvOf(lines);
}
