import type { CellObject } from 'write-excel-file/node';

/** A row as we make it: every cell says what it is. */
export type SheetRow = (CellObject | null)[];

/** Points; what a line of the usual 11 points takes. */
const LINE_HEIGHT = 16;

/** About as many letters of the usual size as the text is wide: marks above and below take no room, Han letters take two. */
function widthOf(text: string): number {
  const letters = text.replace(/[\p{Mn}\p{Cf}]/gu, '');
  return letters.length + (letters.match(/\p{Script=Han}/gu)?.length ?? 0);
}

function linesOf(cell: CellObject, width: number): number {
  if (!cell.wrap || typeof cell.value !== 'string') return 1;
  return cell.value
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0);
}

/** The rows, each as high as its texts need: not every program that opens a workbook finds that out by itself. */
export function withHeights(rows: readonly SheetRow[], widths: readonly number[]): SheetRow[] {
  return rows.map((row) => {
    const lines = row.map((cell, index) => {
      if (cell === null) return 1;
      const own = widths.slice(index, index + (cell.columnSpan ?? 1));
      return linesOf(
        cell,
        own.reduce((sum, width) => sum + width, 0),
      );
    });
    const most = Math.max(1, ...lines);
    const [first, ...others] = row;
    return most === 1 || !first ? row : [{ ...first, height: most * LINE_HEIGHT }, ...others];
  });
}
