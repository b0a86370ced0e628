import type { ChecklistEntry, Oit } from '#core/contract/oit.ts';
import { gapsOf, isOverdue, isPublished } from '#core/instruments/oit/gaps.ts';
import { toTwoDecimals } from '#core/scoring/fraction.ts';
import { scoreOit, scoreOitIf, type OitScore } from '#core/scoring/oit.ts';

/** What narrows the list: all items, those that lack something, those that are late; and words to search for. */
export interface ChecklistFilter {
  show: 'all' | 'missing' | 'overdue';
  search: string;
}

/** How far some entries are. */
export interface Progress {
  items: number;
  published: number;
  judged: number;
  missing: number;
  overdue: number;
}

export function progressOf(entries: readonly ChecklistEntry[], today: string): Progress {
  const countOf = (holds: (entry: ChecklistEntry) => boolean) => entries.filter(holds).length;
  return {
    items: entries.length,
    published: countOf(isPublished),
    judged: countOf(({ points }) => points !== null),
    missing: countOf((entry) => gapsOf(entry).length > 0),
    overdue: countOf((entry) => isOverdue(entry, today)),
  };
}

/** True if the entry is shown. `name` is the item's in the language on show. */
export function matchesFilter(
  entry: ChecklistEntry,
  name: string,
  { show, search }: ChecklistFilter,
  today: string,
): boolean {
  if (show === 'missing' && gapsOf(entry).length === 0) return false;
  if (show === 'overdue' && !isOverdue(entry, today)) return false;
  const wanted = search.trim().toLowerCase();
  const { item, urls, responsible, note } = entry;
  // A code is meant whole: "O1" is not O10.
  if (/^o\d+$/.test(wanted)) return item.toLowerCase() === wanted;
  return [name, ...urls, responsible, note].some((text) => text.toLowerCase().includes(wanted));
}

const told = (exact: OitScore['exact']) => (exact === null ? null : toTwoDecimals(exact));

/** A part of OIT with what the office gives itself: null while something of it has not been judged. */
export interface OitView {
  indicators: {
    indicator: number;
    score: string | null;
    weight: string;
    subIndicators: { code: string; score: string | null; entries: ChecklistEntry[] }[];
  }[];
  score: string | null;
  /** What it is if everything that is open gets 0, and if it gets 100. */
  least: string | null;
  most: string | null;
}

/** The checklist in the order of the instrument, with its scores. */
export function viewOf({ instrument, checklist }: Oit): OitView {
  const score = scoreOit(instrument, checklist);
  const byItem = new Map(checklist.entries.map((entry) => [entry.item, entry]));
  return {
    indicators: instrument.indicators.map(({ indicator, weight, subIndicators }) => ({
      indicator,
      weight,
      score: told(score.indicators.find((part) => part.indicator === indicator)?.exact ?? null),
      subIndicators: subIndicators.map(({ code, items }) => ({
        code,
        score: told(score.subIndicators.find((part) => part.code === code)?.exact ?? null),
        entries: items.flatMap((item) => byItem.get(item) ?? []),
      })),
    })),
    score: told(score.exact),
    least: told(scoreOitIf(0, instrument, checklist).exact),
    most: told(scoreOitIf(100, instrument, checklist).exact),
  };
}

/** The checklist with another entry for its item. */
export const withEntry = (oit: Oit, changed: ChecklistEntry): Oit => ({
  ...oit,
  checklist: {
    ...oit.checklist,
    entries: oit.checklist.entries.map((entry) => (entry.item === changed.item ? changed : entry)),
  },
});
