import type { Item } from '../instruments/instrument.ts';
import type { Draft } from './draft.ts';

/** Which of an item's wordings to show: the general one, or that for an option of a respondent field (E3 by service). */
export type Wording = { kind: 'general' } | { kind: 'by'; field: string; option: number };

export function wordingOf(item: Item, draft: Draft): Wording {
  if (item.wordedBy === undefined) return { kind: 'general' };
  const option = draft.respondent[item.wordedBy];
  if (option === undefined || option === null) return { kind: 'general' };
  return { kind: 'by', field: item.wordedBy, option };
}
