import type { BasisItem, BasisTool, CardBasis } from '../contract/card.ts';
import type { EnteredFigures } from '../contract/figures.ts';
import type { Checklist } from '../contract/oit.ts';
import type { Scores } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { OitInstrument } from '../instruments/oit/oit-instrument.ts';
import { fraction, fractionText, product, quotient, readDecimal } from './fraction.ts';
import { ITA } from './ita.ts';
import { weightOf } from './oit.ts';
import { exactItemScore, pointsOf } from './score.ts';

type OfficeScores = Pick<Scores['instruments'][number], 'instrument' | 'office'>;

/** What a card is made of. `scores` have passed suppression; nothing else of the responses comes in here. */
export interface CardSources {
  readonly fiscalYear: number;
  /** Those of the assessment. */
  readonly instruments: readonly Instrument[];
  readonly scores: { readonly instruments: readonly OfficeScores[] };
  readonly oit: { readonly instrument: OitInstrument; readonly checklist: Checklist } | null;
  readonly entered: EnteredFigures;
}

const unused = (tool: BasisTool['tool']): BasisTool => ({
  tool,
  instrument: null,
  weight: ITA.weights[tool],
  assessor: null,
  absence: 'not-used',
  items: [],
});

/** Each item's share of the tool and of its indicator, by what the instrument says a tool's score is the mean of. */
function sharesOf({ items, toolScore }: Instrument, { indicator }: Instrument['items'][number]) {
  const indicators = new Set(items.map((item) => item.indicator)).size;
  const ofIndicator = fraction(1, items.filter((item) => item.indicator === indicator).length);
  return {
    share:
      toolScore === 'mean-of-items'
        ? fraction(1, items.length)
        : product(ofIndicator, fraction(1, indicators)),
    ofIndicator,
  };
}

function askedTool(
  instrument: Instrument,
  office: OfficeScores['office'] | undefined,
  assessorScore: string | null,
): BasisTool {
  const shown = office?.state === 'shown' ? office.value : null;
  const items = instrument.items.map((item): BasisItem => {
    const { share, ofIndicator } = sharesOf(instrument, item);
    const options = shown?.items.find(({ code }) => code === item.code)?.options ?? [];
    const exact = exactItemScore(options, pointsOf(instrument, item));
    return {
      code: item.code,
      indicator: item.indicator,
      share: fractionText(share),
      shareOfIndicator: fractionText(ofIndicator),
      points: exact && fractionText(exact),
      isAllOrNothing: false,
    };
  });
  const parts = ITA.assessorParts[instrument.id];
  const assessed = parts && assessorScore !== null ? { ...parts, score: assessorScore } : null;
  return {
    tool: instrument.tool,
    instrument: instrument.id,
    weight: assessed?.office ?? instrument.weight,
    assessor: assessed && { weight: assessed.assessor, score: assessed.score },
    absence: absenceOf(office, items),
    items,
  };
}

function absenceOf(
  office: OfficeScores['office'] | undefined,
  items: readonly BasisItem[],
): BasisTool['absence'] {
  if (!office) return 'nobody';
  if (office.state === 'hidden') return 'hidden';
  if (office.n === 0) return 'nobody';
  return items.some(({ points }) => points === null) ? 'incomplete' : null;
}

function checkedTool({ instrument, checklist }: NonNullable<CardSources['oit']>): BasisTool {
  const pointsByItem = new Map(checklist.entries.map(({ item, points }) => [item, points]));
  const items = instrument.indicators.flatMap(({ indicator, weight, subIndicators }) =>
    subIndicators.flatMap((part) => {
      const ofIndicator = quotient(
        readDecimal(weightOf(part, checklist.weights)),
        fraction(part.items.length, 1),
      );
      return part.items.map((code): BasisItem => {
        const points = pointsByItem.get(code) ?? null;
        return {
          code,
          indicator,
          share: fractionText(product(readDecimal(weight), ofIndicator)),
          shareOfIndicator: fractionText(ofIndicator),
          points: points === null ? null : fractionText(fraction(points, 1)),
          isAllOrNothing: true,
        };
      });
    }),
  );
  const judged = items.filter(({ points }) => points !== null).length;
  const unfinished = judged === 0 ? 'nobody' : 'incomplete';
  return {
    tool: 'OIT',
    instrument: instrument.id,
    weight: instrument.weight,
    assessor: null,
    absence: judged === items.length ? null : unfinished,
    items,
  };
}

/** The basis of an assessment's card: IIT, EIT and OIT, also where one of them is missing. */
export function cardBasisOf({
  fiscalYear,
  instruments,
  scores,
  oit,
  entered,
}: CardSources): CardBasis {
  const asked = (tool: 'IIT' | 'EIT') => {
    const instrument = instruments.find((known) => known.tool === tool);
    if (!instrument) return unused(tool);
    const found = scores.instruments.find((known) => known.instrument === instrument.id);
    return askedTool(instrument, found?.office, tool === 'EIT' ? entered.eitPart2 : null);
  };
  return {
    fiscalYear,
    tools: [asked('IIT'), asked('EIT'), oit ? checkedTool(oit) : unused('OIT')],
  };
}
