import type { Response } from '#core/contract/response.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { sha256 } from '../sha256.ts';
import type { PublishedTool } from './published-report.ts';

/** The last day of fiscal year 2567. The report does not say when each person answered. */
const DAY = '2024-09-30';

/** One card for each person, with the option it stands for. */
function deckOf(counts: readonly number[]): number[] {
  return counts.flatMap((count, index) => Array.from({ length: count }, () => index + 1));
}

/** In an order that looks like chance and is the same every time. */
function shuffled(deck: readonly number[], seed: string): number[] {
  return deck
    .map((option, place) => ({ option, lot: sha256(`${seed} ${place}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ option }) => option);
}

type Deck = readonly [code: string, options: readonly number[]];

/** The card of one person from every deck. */
function cardsOf(decks: readonly Deck[], person: number): Record<string, number> {
  return Object.fromEntries(
    decks.map(([code, deck]) => {
      const option = deck[person];
      if (option === undefined) throw new Error(`the report counts too few people in ${code}`);
      return [code, option];
    }),
  );
}

/**
 * As many responses as the report counts, whose counts are those of the report item by item and field by field. How the
 * answers combine in one person is not published: that is drawn by lot, always the same.
 */
export function demoResponses(instrument: Instrument, published: PublishedTool): Response[] {
  const deck = (code: string, counts: readonly number[]): Deck => [
    code,
    shuffled(deckOf(counts), `${instrument.id} ${code}`),
  ];
  const answers = instrument.items.map(({ code }) =>
    deck(code, published.items[code]?.options ?? []),
  );
  const respondent = instrument.fields.map(({ code }) => deck(code, published.fields[code] ?? []));
  return Array.from({ length: published.n }, (_, person) => ({
    instrument: instrument.id,
    language: 'th',
    answers: cardsOf(answers, person),
    respondent: cardsOf(respondent, person),
    day: DAY,
    quality: [],
  }));
}
