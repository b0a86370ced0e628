import type { Card } from '#core/contract/card.ts';
import type { PublishedFigures } from '#core/contract/figures.ts';
import type { Measure, MeasureSubject } from '#core/contract/measures.ts';
import { isOverdue } from '#core/measures/progress.ts';
import { indicatorName, itemName } from '../card/card-texts.ts';
import type { Texts } from '../texts.ts';

/** What a measure stands beside: the card as it is, and what was published, or reached, the year before. */
export interface Standing {
  card: Card;
  before: PublishedFigures | null;
}

/** How far a measure is, or that it is late. */
export type MeasureShow = 'all' | 'overdue' | Measure['state'];

/** What narrows the list. `indicator`: a number, `none` for measures about nothing that is scored, `all`. */
export interface MeasuresFilter {
  show: MeasureShow;
  indicator: number | 'none' | 'all';
  search: string;
}

export const EVERYTHING: MeasuresFilter = { show: 'all', indicator: 'all', search: '' };

const itemOf = ({ items }: Card, wanted: string) => items.find(({ code }) => code === wanted);

/** The indicator that it belongs to; null for one about nothing that is scored, or about an item that is not known. */
export function indicatorOf(card: Card, about: MeasureSubject): number | null {
  if (about.type === 'indicator') return about.indicator;
  return about.type === 'item' ? (itemOf(card, about.item)?.indicator ?? null) : null;
}

/** The name of what a measure is about; empty where this build has no words for it. */
export function subjectName(card: Card, texts: Texts, about: MeasureSubject): string {
  const instrumentOf = (wanted: string | undefined) =>
    card.tools.find(({ tool }) => tool === wanted)?.instrument ?? null;
  if (about.type === 'item')
    return itemName(texts, instrumentOf(itemOf(card, about.item)?.tool), about.item);
  if (about.type === 'nothing') return '';
  const known = card.indicators.find(({ indicator }) => indicator === about.indicator);
  return indicatorName(texts, instrumentOf(known?.tool), about.indicator);
}

/** The score of what a measure is about, now and the year before: null where there is none, or none to be shown. */
export function scoresOf(
  { card, before }: Standing,
  about: MeasureSubject,
): { now: string | null; before: string | null } {
  if (about.type === 'item')
    return {
      now: itemOf(card, about.item)?.score ?? null,
      before: before?.items[about.item] ?? null,
    };
  if (about.type === 'nothing') return { now: null, before: null };
  const known = card.indicators.find(({ indicator }) => indicator === about.indicator);
  return {
    now: known?.score ?? null,
    before: before?.indicators[String(about.indicator)] ?? null,
  };
}

/** True if a measure is late, or in that state. */
export function isShownBy(show: MeasureShow, measure: Measure, today: string): boolean {
  if (show === 'all') return true;
  return show === 'overdue' ? isOverdue(measure, today) : measure.state === show;
}

/** True if the measure is shown. `name`: of what it is about, in the language on show. */
export function matchesFilter(
  measure: Measure,
  { name, indicator }: { name: string; indicator: number | null },
  filter: MeasuresFilter,
  today: string,
): boolean {
  if (!isShownBy(filter.show, measure, today)) return false;
  if (filter.indicator !== 'all' && filter.indicator !== (indicator ?? 'none')) return false;
  const wanted = filter.search.trim().toLowerCase();
  const { about, action, steps, responsible, followUp, result } = measure;
  // A code is meant whole: "I1" is not I10.
  if (/^[a-z]\d{1,2}$/.test(wanted))
    return about.type === 'item' && about.item.toLowerCase() === wanted;
  return [name, action, steps, responsible, followUp, result].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

/** The indicators that the measures are about, in order, and `none` where some are about nothing that is scored. */
export function indicatorsOf(card: Card, measures: readonly Measure[]): (number | 'none')[] {
  const known = new Set(measures.map(({ about }) => indicatorOf(card, about)));
  const numbers = [...known].filter((indicator) => indicator !== null).sort((a, b) => a - b);
  return known.has(null) ? [...numbers, 'none'] : numbers;
}

type ScoredItem = Card['items'][number] & { score: string };

/** The items with the lowest scores below 100 that may be shown and that no measure is about, the lowest first. */
export function itemsToRaise(card: Card, measures: readonly Measure[], most: number): ScoredItem[] {
  const taken = new Set(
    measures.flatMap(({ about, state }) =>
      about.type === 'item' && state !== 'dropped' ? [about.item] : [],
    ),
  );
  return card.items
    .filter((item): item is ScoredItem => item.score !== null && Number(item.score) < 100)
    .filter(({ code }) => !taken.has(code))
    .sort((a, b) => Number(a.score) - Number(b.score))
    .slice(0, most);
}
