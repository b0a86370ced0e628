import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checklist } from '#core/contract/oit.ts';
import { itemCodesOf } from '#core/instruments/oit/oit-instrument.ts';
import { compareFractions, fraction, toTwoDecimals } from '#core/scoring/fraction.ts';
import { fitWeights, scoreOit, scoreOitIf, type OitScore } from '#core/scoring/oit.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { checklist, oit } from '../instruments/known-oit.ts';

const tell = (exact: OitScore['exact']) => (exact === null ? null : toTwoDecimals(exact));
const told = (score: OitScore) => ({
  subIndicators: Object.fromEntries(
    score.subIndicators.map(({ code, exact }) => [code, tell(exact)]),
  ),
  indicators: score.indicators.map(({ exact }) => tell(exact)),
  whole: tell(score.exact),
});

const published = publishedReport.oit;

/** As the report judges: O15 is the one item that it gives 0. */
const PRAWET = checklist(
  Object.fromEntries(
    Object.entries(published.items).map(([item, score]) => [
      item,
      { points: score === '0.00' ? 0 : 100 },
    ]),
  ),
);
const ASSUMED = ['9.1', '9.2', '9.4', '9.5'];

describe('the OIT of the published Prawet report', () => {
  it('reproduces: every sub-indicator, both indicators and the tool', () => {
    expect(told(scoreOit(oit, PRAWET))).toEqual({
      subIndicators: published.subIndicators,
      indicators: ['95.00', '100.00'],
      whole: '96.25',
    });
    expect(published).toMatchObject({
      instrument: oit.id,
      indicators: { 9: '95.00', 10: '100.00' },
      score: '96.25',
    });
  });

  it('reproduces whatever the weights are that nobody published', () => {
    const parts = array(integer({ min: 0, max: 8500 }), { minLength: 3, maxLength: 3 });
    assert(
      property(parts, (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), 8500];
        const weights = Object.fromEntries(
          ASSUMED.map((code, index) => [
            code,
            (((edges[index + 1] ?? 0) - (edges[index] ?? 0)) / 10_000).toFixed(4),
          ]),
        );
        expect(fitWeights(oit, weights)).toBe(true);
        expect(told(scoreOit(oit, { ...PRAWET, weights })).whole).toBe('96.25');
      }),
    );
  });

  it('has 22 items in the order of their numbers', () => {
    expect(itemCodesOf(oit)).toEqual(Array.from({ length: 22 }, (_, index) => `O${index + 1}`));
    expect(scoreOit(oit, PRAWET).items).toContainEqual({ code: 'O15', points: 0 });
  });
});

const pointsArbitrary = constantFrom<0 | 100 | null>(0, 100, null);

const checklistArbitrary = array(pointsArbitrary, { minLength: 22, maxLength: 22 }).map(
  (points): Checklist =>
    checklist(
      Object.fromEntries(
        itemCodesOf(oit).map((item, index) => [item, { points: points[index] ?? null }]),
      ),
    ),
);

const withoutOne = (item: string) => scoreOit(oit, checklist({ [item]: { points: 0 } })).exact;

const HUNDRED = fraction(100, 1);

describe('an OIT score', () => {
  it('is missing wherever an item below has not been judged', () => {
    assert(
      property(checklistArbitrary, (filled) => {
        const score = scoreOit(oit, filled);
        const isOpen = new Set(
          filled.entries.filter(({ points }) => points === null).map(({ item }) => item),
        );
        for (const { indicator, subIndicators } of oit.indicators) {
          const parts = score.subIndicators.filter(({ code }) =>
            subIndicators.some((part) => part.code === code),
          );
          for (const [index, part] of parts.entries())
            expect(part.exact === null).toBe(
              subIndicators[index]?.items.some((item) => isOpen.has(item)),
            );
          const own = score.indicators.find((one) => one.indicator === indicator);
          expect(own?.exact === null).toBe(parts.some(({ exact }) => exact === null));
        }
        expect(score.exact === null).toBe(isOpen.size > 0);
      }),
    );
  });

  it('lies between what it would be with 0 and with 100 for all that is open', () => {
    assert(
      property(checklistArbitrary, (filled) => {
        const least = scoreOitIf(0, oit, filled).exact;
        const most = scoreOitIf(100, oit, filled).exact;
        if (!least || !most) throw new Error('nothing is open in either');
        expect(compareFractions(fraction(0, 1), least)).toBeLessThanOrEqual(0);
        expect(compareFractions(least, most)).toBeLessThanOrEqual(0);
        expect(compareFractions(most, HUNDRED)).toBeLessThanOrEqual(0);
        const isOpen = filled.entries.some(({ points }) => points === null);
        expect(scoreOit(oit, filled).exact).toEqual(isOpen ? null : least);
      }),
    );
  });

  it('falls by exactly the share of an item that gets 0', () => {
    expect(withoutOne('O16')).toEqual({ numerator: 1345n, denominator: 16n }); // 100 - 75 x 0.2125
    expect(withoutOne('O22')).toEqual({ numerator: 175n, denominator: 2n }); // 100 - 25 x 0.5
    expect(tell(withoutOne('O5'))).toBe('98.01'); // 100 - 75 x 0.2125 / 8 = 98.0078125
  });

  it('takes an assessment’s own weight for an assumed one, and never for one of the report', () => {
    const weights = { '10.1': '0.9', '10.2': '0.1', '9.3': '1' };
    const score = scoreOit(oit, checklist({ O22: { points: 0 }, O15: { points: 0 } }, weights));
    expect(told(score).indicators).toEqual(['95.00', '90.00']);
  });
});

describe('own weights', () => {
  it.each([
    ['none at all', {}, true],
    ['others that make up a whole', { '10.1': '0.6', '10.2': '0.4' }, true],
    ['too much together', { '10.1': '0.6' }, false],
    ['too little together', { '9.1': '0.2' }, false],
    ['one that a report gives', { '9.3': '0.15' }, false],
    ['one that does not exist', { '9.9': '0' }, false],
  ])('%s', (_, weights, fits) => {
    expect(fitWeights(oit, weights)).toBe(fits);
  });
});
