import type { ChecklistEntry } from '../../contract/oit.ts';

/** What an item still lacks. not-met: the office itself gives it 0. */
export type Gap = 'not-published' | 'no-url' | 'not-judged' | 'not-met';

export const isPublished = ({ state }: Pick<ChecklistEntry, 'state'>): boolean =>
  state === 'published' || state === 'checked';

/**
 * What is missing, most basic first; empty = the item is done.
 *
 *     published    URL      points    so it lacks
 *     no           any      any       the publishing: the rest comes with it
 *     yes          none     100       its URL
 *     yes          there    none      the judgement
 *     yes          there    0         what the judgement found missing
 *     yes          there    100       nothing
 */
export function gapsOf(entry: ChecklistEntry): Gap[] {
  if (!isPublished(entry)) return ['not-published'];
  const gaps: Gap[] = [];
  if (entry.urls.length === 0) gaps.push('no-url');
  if (entry.points === null) gaps.push('not-judged');
  if (entry.points === 0) gaps.push('not-met');
  return gaps;
}

/** True if the day it was due is over and something is missing. `today`: ISO, in Thailand. */
export function isOverdue(entry: ChecklistEntry, today: string): boolean {
  return entry.due !== null && entry.due < today && gapsOf(entry).length > 0;
}

const dueOf = ({ due }: ChecklistEntry) => due ?? '9999-12-31';

/** The entries that lack something: the earliest due first, those without a date last, otherwise in their own order. */
export function missingEntries(entries: readonly ChecklistEntry[]): ChecklistEntry[] {
  return entries
    .filter((entry) => gapsOf(entry).length > 0)
    .sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : Number(dueOf(a) > dueOf(b))));
}
