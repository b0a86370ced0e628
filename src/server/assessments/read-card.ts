import type { Assessment } from '#core/contract/assessment.ts';
import type { CardReply } from '#core/contract/card.ts';
import type { Scores } from '#core/contract/scores.ts';
import { NO_FIGURES } from '#core/contract/figures.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { cardOf } from '#core/scoring/card.ts';
import { cardBasisOf } from '#core/scoring/card-basis.ts';
import { type OitEffects, readOit } from './read-oit.ts';

export interface CardEffects extends OitEffects {
  instruments: ReadonlyMap<string, Instrument>;
}

/** The card of an assessment from what is stored, and from its scores, which have passed suppression. */
export async function readCard(
  effects: CardEffects,
  assessment: Assessment,
  scores: Scores,
): Promise<CardReply> {
  const { storage, instruments } = effects;
  const entered = (await storage.findFigures(assessment.id)) ?? NO_FIGURES;
  const basis = cardBasisOf({
    fiscalYear: assessment.fiscalYear,
    instruments: assessment.instruments.flatMap((id) => instruments.get(id) ?? []),
    scores,
    oit: await readOit(effects, assessment),
    entered,
  });
  return { card: cardOf(basis), basis, entered };
}
