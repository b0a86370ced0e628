import type { Scores } from '#core/contract/scores.ts';

export interface WeakItem {
  instrument: string;
  code: string;
  score: string;
}

/** The items with the lowest scores below 100 over all instruments that may be shown, the lowest first. */
export function weakestItems(scores: Pick<Scores, 'instruments'>, count: number): WeakItem[] {
  const items = scores.instruments.flatMap(({ instrument, office }) =>
    office.state === 'shown'
      ? office.value.items.map(({ code, score }) => ({ instrument, code, score }))
      : [],
  );
  return items
    .filter((item): item is WeakItem => item.score !== null && Number(item.score) < 100)
    .sort((a, b) => Number(a.score) - Number(b.score))
    .slice(0, count);
}
