import type { Card, CardBasis } from '#core/contract/card.ts';
import { cardOf } from '#core/scoring/card.ts';
import { withScores } from '#core/scoring/rating.ts';
import { readFigure } from '#core/scoring/read-figures.ts';

/** One item that is tried with another score: what is typed, as it stands in its field. */
export interface Trial {
  code: string;
  typed: string;
}

/** An item that can be tried: one that has a score. */
export interface TriableItem {
  code: string;
  instrument: string | null;
  score: string;
  isAllOrNothing: boolean;
}

/** The items with a score, in the order of the card. */
export function triableItems(basis: CardBasis, card: Card): TriableItem[] {
  return basis.tools.flatMap(({ instrument, items }) =>
    items.flatMap(({ code, isAllOrNothing }) => {
      const score = card.items.find((item) => item.code === code)?.score ?? null;
      return score === null ? [] : [{ code, instrument, score, isAllOrNothing }];
    }),
  );
}

/** The card with the scores that are tried; what cannot be read is left as it is. */
export function triedCard(basis: CardBasis, trials: readonly Trial[]): Card {
  const scores = trials.flatMap(({ code, typed }) => {
    const score = readFigure(typed);
    return score === null ? [] : [[code, score] as const];
  });
  return cardOf(withScores(basis, Object.fromEntries(scores)));
}
