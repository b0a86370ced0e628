import { LANGUAGES, type Language } from '#core/contract/language.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { RollUpRow } from '#core/contract/roll-up.ts';

/** By what the table can be sorted. */
export const COLUMNS = ['office', 'ita', 'IIT', 'EIT', 'OIT', 'answered', 'reached'] as const;

export type Column = (typeof COLUMNS)[number];

export interface Order {
  by: Column;
  isDescending: boolean;
}

/** The share of the target that is reached, from 0 to 1; null without a target. */
export const reachedOf = ({ towards, target }: RollUpRow): number | null =>
  towards === null || target === null || target === 0 ? null : towards / target;

function valueOf(row: RollUpRow, by: Exclude<Column, 'office'>): number | null {
  if (by === 'answered') return row.answered;
  if (by === 'reached') return reachedOf(row);
  const score = row[by];
  return score === null ? null : Number(score);
}

/** The rows in that order; those without a value come last either way, and equal ones by name. */
export function sorted(
  rows: readonly RollUpRow[],
  { by, isDescending }: Order,
  language: Language,
): RollUpRow[] {
  const direction = isDescending ? -1 : 1;
  const byName = (a: RollUpRow, b: RollUpRow) =>
    nameIn(language, a.organization).localeCompare(nameIn(language, b.organization), language, {
      // The ninth district comes before the tenth.
      numeric: true,
    });
  if (by === 'office') return [...rows].sort((a, b) => direction * byName(a, b));
  return [...rows].sort((a, b) => {
    const [one, other] = [valueOf(a, by), valueOf(b, by)];
    if (one === null || other === null)
      return Number(one === null) - Number(other === null) || byName(a, b);
    return direction * (one - other) || byName(a, b);
  });
}

/** Those whose name, in any language, holds what is searched for. */
export function named(rows: readonly RollUpRow[], search: string): RollUpRow[] {
  const wanted = search.trim().toLowerCase();
  return rows.filter(({ organization }) =>
    LANGUAGES.some((language) => (organization[language] ?? '').toLowerCase().includes(wanted)),
  );
}

/** The order after a press on a column's heading: what is best first, and the other way at the second press. */
export const pressed = (order: Order, by: Column): Order =>
  order.by === by
    ? { by, isDescending: !order.isDescending }
    : { by, isDescending: by !== 'office' };
