import type { Fault, ImportColumn } from '#core/organizations/import-table.ts';
import type { ReadText } from './table-text.ts';
import { MAX_IMPORT_ROWS } from '#core/contract/organization-import.ts';
import type { Formats } from '../formats.ts';
import type { Translate } from '../texts.ts';

type Problem = Extract<ReadText, { state: 'wrong' }>;

const columnText = (t: Translate, column: ImportColumn) => t(`orgImport.columns.${column}`);

/** What is wrong with a line and what to do about it. */
export function faultText(t: Translate, formats: Formats, { column, fault, other }: Fault): string {
  const text = t(`orgImport.faults.${fault}`, { row: formats.count(other ?? 0) });
  return column === null ? text : t('orgImport.inColumn', { column: columnText(t, column), text });
}

/** Why nothing of a file can be read. */
export function unreadableText(t: Translate, formats: Formats, problem: Problem): string {
  return t(`orgImport.problems.${problem.problem}`, {
    row: problem.problem === 'quotes' ? formats.count(problem.row) : '',
    heading: problem.problem === 'heading-twice' ? problem.heading : '',
    most: formats.count(MAX_IMPORT_ROWS),
  });
}
