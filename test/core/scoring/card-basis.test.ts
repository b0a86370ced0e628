import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolScore } from '#core/contract/scores.ts';
import { NO_FIGURES } from '#core/contract/figures.ts';
import type { Instrument } from '#core/instruments/instrument.ts';
import { itemCodesOf } from '#core/instruments/oit/oit-instrument.ts';
import { cardOf } from '#core/scoring/card.ts';
import { type CardSources, cardBasisOf } from '#core/scoring/card-basis.ts';
import { scoreOit } from '#core/scoring/oit.ts';
import { told, withScores } from '#core/scoring/rating.ts';
import { scoreTool } from '#core/scoring/score.ts';
import { emptyTally, type Tally } from '#core/scoring/tally.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { checklist, oit } from '../instruments/known-oit.ts';

const SEED = 2567;

const tallyOf = (instrument: Instrument, items: Record<string, readonly number[]>): Tally => ({
  ...emptyTally(instrument),
  n: 1,
  items,
});

const shown = (instrument: Instrument, value: ToolScore, n = 619) => ({
  instrument: instrument.id,
  office: { state: 'shown' as const, n, value },
});

const hidden = (instrument: Instrument) => ({
  instrument: instrument.id,
  office: { state: 'hidden' as const, reason: 'few' as const },
});

const published = (instrument: Instrument) => {
  const tool = publishedReport.tools.find((known) => known.instrument === instrument.id);
  if (!tool) throw new Error('the report has both tools');
  const counts = Object.entries(tool.items).map(([code, { options }]) => [code, options] as const);
  return shown(instrument, scoreTool(instrument, tallyOf(instrument, Object.fromEntries(counts))));
};

const PRAWET: CardSources = {
  fiscalYear: 2567,
  instruments: [iit, eit],
  scores: { instruments: [published(iit), published(eit)] },
  oit: { instrument: oit, checklist: checklist({ O15: { points: 0 } }) },
  entered: NO_FIGURES,
};

describe('the card of the responses that the Prawet report tells of', () => {
  const card = cardOf(cardBasisOf(PRAWET));

  it('gives the published IIT and OIT with their shares', () => {
    const lines = card.tools.map(({ tool, score, weighted }) => [tool, score, weighted]);
    expect(lines).toContainEqual(['IIT', '98.13', '29.44']);
    expect(lines).toContainEqual(['OIT', '96.25', '38.50']);
  });

  it('gives the indicators of both as they were published', () => {
    const scores = Object.fromEntries(
      card.indicators.map(({ indicator, score }) => [indicator, score]),
    );
    expect(Object.keys(scores)).toHaveLength(10);
    expect(scores).toMatchObject({
      1: '98.69',
      2: '97.38',
      3: '98.11',
      4: '99.17',
      5: '97.90',
      9: '95.00',
      10: '100.00',
    });
  });

  it('gives an ITA of its own, as the EIT of these responses is not the published one', () => {
    expect(card.ita).toBe('97.63'); // .3 x 98.1287... + .3 x 98.9768... + 38.5 = 97.6317
    expect(card.level).toBe('excellent');
  });

  it('gives the published EIT and ITA with the published scores of the EIT items in their place', () => {
    const items =
      publishedReport.tools.find(({ instrument }) => instrument === eit.id)?.items ?? {};
    const scores = Object.entries(items).map(([code, { score }]) => [code, score] as const);
    const assessed = cardOf(withScores(cardBasisOf(PRAWET), Object.fromEntries(scores)));
    expect(assessed.tools.map(({ score, weighted }) => [score, weighted])).toEqual([
      ['98.13', '29.44'],
      ['96.42', '28.93'],
      ['96.25', '38.50'],
    ]);
    expect(assessed.ita).toBe(publishedReport.ita);
    expect(assessed.indicators.map(({ score }) => score)).toEqual([
      '98.69',
      '97.38',
      '98.11',
      '99.17',
      '97.90',
      '97.55',
      '94.99',
      '95.45',
      '95.00',
      '100.00',
    ]);
  });

  it('takes the figure of the assessor for half of the EIT', () => {
    const entered = { ...NO_FIGURES, eitPart2: '93.86' };
    const assessed = cardOf(cardBasisOf({ ...PRAWET, entered }));
    expect(assessed.tools[1]).toMatchObject({
      weight: '0.30',
      score: '96.42', // (98.9768... + 93.86) / 2
      weighted: '28.93',
      parts: {
        office: { weight: '0.15', score: '98.98' },
        assessor: { weight: '0.15', score: '93.86' },
      },
    });
    expect(assessed.ita).toBe('96.86'); // 29.4386... + 28.9255... + 38.5 = 96.8641...
  });
});

const absences = (sources: Partial<CardSources>) =>
  cardOf(cardBasisOf({ ...PRAWET, ...sources })).tools.map(({ tool, weight, absence }) => [
    tool,
    weight,
    absence,
  ]);

describe('a tool without a score', () => {
  const nobody = shown(eit, scoreTool(eit, emptyTally(eit)), 0);

  it('says why', () => {
    expect(absences({ scores: { instruments: [hidden(iit), nobody] }, oit: null })).toEqual([
      ['IIT', '0.30', 'hidden'],
      ['EIT', '0.30', 'nobody'],
      ['OIT', '0.40', 'not-used'],
    ]);
    expect(absences({ instruments: [iit] })[1]).toEqual(['EIT', '0.30', 'not-used']);
  });

  it('is the checklist that nobody has begun, or not finished', () => {
    const none = checklist(
      Object.fromEntries(itemCodesOf(oit).map((code) => [code, { points: null }])),
    );
    expect(absences({ oit: { instrument: oit, checklist: none } })[2]?.[2]).toBe('nobody');
    const some = checklist({ O3: { points: null } });
    expect(absences({ oit: { instrument: oit, checklist: some } })[2]?.[2]).toBe('incomplete');
  });

  it('tells nothing of what few people said, wherever one looks', () => {
    const basis = cardBasisOf({
      ...PRAWET,
      scores: { instruments: [hidden(iit), published(eit)] },
    });
    expect(basis.tools[0]?.items.map(({ points }) => points)).toEqual(iit.items.map(() => null));
    const card = cardOf(basis);
    expect(card.ita).toBeNull();
    expect(card.items.filter(({ tool, score }) => tool === 'IIT' && score !== null)).toEqual([]);
    expect(card.indicators.filter(({ tool, score }) => tool === 'IIT' && score !== null)).toEqual(
      [],
    );
  });
});

const countsOf = (length: number) =>
  fc
    .array(fc.nat(50), { minLength: length, maxLength: length })
    .filter((counts) => counts.some((n) => n > 0));

describe.each([iit, eit])('any answers to $id', (instrument) => {
  const items = fc.record(
    Object.fromEntries(
      instrument.items.map(({ code, scale }) => [
        code,
        countsOf(instrument.scales[scale]?.points.length ?? 0),
      ]),
    ),
  );

  it.each(['mean-of-items', 'mean-of-indicators'] as const)(
    'give the card the scores that the scores page has (%s)',
    (toolScore) => {
      const own: Instrument = { ...instrument, toolScore };
      fc.assert(
        fc.property(items, (counts) => {
          const value = scoreTool(own, tallyOf(own, counts));
          const card = cardOf(
            cardBasisOf({
              ...PRAWET,
              instruments: [own],
              scores: { instruments: [shown(own, value)] },
            }),
          );
          expect(card.tools.find(({ tool }) => tool === own.tool)?.score).toBe(value.score);
          expect(
            card.indicators
              .filter(({ tool }) => tool === own.tool)
              .map(({ indicator, score }) => ({ indicator, score })),
          ).toEqual(value.indicators.map(({ indicator, score }) => ({ indicator, score })));
          expect(
            card.items
              .filter(({ tool }) => tool === own.tool)
              .map(({ code, score }) => ({ code, score })),
          ).toEqual(value.items.map(({ code, score }) => ({ code, score })));
        }),
        { seed: SEED },
      );
    },
  );
});

it('any checklist gives the card the score that the checklist page has', () => {
  const anyPoints = fc.constantFrom<0 | 100>(0, 100);
  const entries = fc.record(
    Object.fromEntries(itemCodesOf(oit).map((code) => [code, fc.record({ points: anyPoints })])),
  );
  const weights = fc.constantFrom({}, { '9.1': '0.4250', '9.2': '0' });
  fc.assert(
    fc.property(entries, weights, (changes, own) => {
      const list = checklist(changes, own);
      const score = scoreOit(oit, list);
      const card = cardOf(cardBasisOf({ ...PRAWET, oit: { instrument: oit, checklist: list } }));
      expect(card.tools[2]?.score).toBe(told(score.exact));
      expect(
        card.indicators
          .filter(({ tool }) => tool === 'OIT')
          .map(({ indicator, score: known }) => [indicator, known]),
      ).toEqual(score.indicators.map(({ indicator, exact }) => [indicator, told(exact)]));
    }),
    { seed: SEED },
  );
});
