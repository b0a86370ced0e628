import type { ReportCell, ReportTable } from '../contract/report.ts';
import type { GroupScore, ToolScore } from '../contract/scores.ts';
import { fraction, toTwoDecimals } from '../scoring/fraction.ts';

export const text = (words: string): ReportCell => ({ type: 'text', text: words });

export const count = (value: number): ReportCell => ({ type: 'count', value });

export const score = (value: string | null): ReportCell => ({ type: 'score', value });

/** By how much a score rose; see FigureChange. */
export const change = (value: string | null): ReportCell => ({ type: 'change', value });

/** Of 1, as an instrument has it: "0.2125". */
export const weight = (value: string): ReportCell => ({ type: 'weight', value });

export const day = (iso: string): ReportCell => ({ type: 'day', day: iso });

/** A part of a whole in per cent, rounded half-up once; nothing of nobody. */
export const percent = (part: number, whole: number): ReportCell => ({
  type: 'percent',
  value: whole === 0 ? null : toTwoDecimals(fraction(part * 100, whole)),
});

/** What may not be told of a group, because it has fewer than `below` people or would give such a group away. */
export const hidden = (reason: 'few' | 'complement', below: number): ReportCell => ({
  type: 'hidden',
  reason,
  below,
});

/** The cell if it may be told; else that the group is hidden. */
export const unlessHidden = (group: GroupScore, below: number, cell: ReportCell): ReportCell =>
  group.state === 'hidden' ? hidden(group.reason, below) : cell;

/** The cells of a group if it may be told of; else as many hidden ones. `below`: the threshold. */
export function cellsOf(
  group: GroupScore,
  below: number,
  tell: readonly ((n: number, shown: ToolScore) => ReportCell)[],
): ReportCell[] {
  return tell.map((cell) =>
    group.state === 'shown' ? cell(group.n, group.value) : hidden(group.reason, below),
  );
}

export const words = (title: string): ReportTable['columns'][number] => ({ title, holds: 'words' });

export const figures = (title: string): ReportTable['columns'][number] => ({
  title,
  holds: 'figures',
});

type PlainTable = Pick<ReportTable, 'id' | 'title' | 'columns' | 'rows'>;

/** A table, with nothing about it but what is said. */
export const table = (content: PlainTable & Partial<ReportTable>): ReportTable => ({
  note: '',
  facts: [],
  bars: null,
  ...content,
});

/** What stands in the place of a table that has nothing to tell: its title, and why. */
export const emptyTable = ({
  id,
  title,
  note,
}: Pick<ReportTable, 'id' | 'title' | 'note'>): ReportTable =>
  table({ id, title, note, columns: [], rows: [] });
