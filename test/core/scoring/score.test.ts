import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentSchema, type Instrument } from '#core/instruments/instrument.ts';
import { pointsOf, scoreTool } from '#core/scoring/score.ts';
import { emptyTally, sumOfTallies } from '#core/scoring/tally.ts';
import { arbitraryResponse } from '../instruments/arbitrary-response.ts';
import { eit, iit } from '../instruments/known-instruments.ts';
import { tallyOf } from './counted.ts';

const SEED = 2567;

/** A score of two decimals in hundredths, so that it can be compared exactly. */
const hundredths = (score: string | null | undefined) => Number((score ?? '').replace('.', ''));

const pointsOfItem = (instrument: Instrument, code: string) => {
  const item = instrument.items.find((candidate) => candidate.code === code);
  if (!item) throw new Error(`no item ${code}`);
  return pointsOf(instrument, item);
};

const twoIndicators = (toolScore: Instrument['toolScore']): Instrument =>
  instrumentSchema.parse({
    ...eit,
    toolScore,
    items: ['E1', 'E2', 'E4'].map((code) => ({
      code,
      scale: 'yesno',
      polarity: 'negative',
      indicator: code === 'E4' ? 7 : 6,
    })),
  });

describe.each([iit, eit])('responses to $id', (instrument) => {
  const responses = fc.array(arbitraryResponse(instrument), { minLength: 1, maxLength: 30 });

  it('give the same tally and scorecard in any order', () => {
    const inTwoOrders = responses.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(inTwoOrders, ([list, shuffled]) => {
        const tally = tallyOf(instrument, list);
        expect(tallyOf(instrument, shuffled)).toEqual(tally);
        expect(scoreTool(instrument, tallyOf(instrument, shuffled))).toEqual(
          scoreTool(instrument, tally),
        );
      }),
      { seed: SEED },
    );
  });

  it('give the same tally and scorecard in any split into batches', () => {
    fc.assert(
      fc.property(responses, fc.array(fc.nat(30), { maxLength: 5 }), (list, cuts) => {
        const borders = [0, ...cuts.sort((a, b) => a - b), list.length];
        const merged = borders
          .map((border, index) => list.slice(border, borders[index + 1] ?? list.length))
          .map((batch) => tallyOf(instrument, batch))
          .reduce(sumOfTallies, emptyTally(instrument));
        const whole = tallyOf(instrument, list);
        expect(merged).toEqual(whole);
        expect(scoreTool(instrument, merged)).toEqual(scoreTool(instrument, whole));
      }),
      { seed: SEED },
    );
  });

  it('never lower an item by one more best answer', () => {
    const best = Object.fromEntries(
      instrument.items.map((item) => [item.code, pointsOf(instrument, item).indexOf(100) + 1]),
    );
    fc.assert(
      fc.property(responses, arbitraryResponse(instrument), (list, other) => {
        const before = scoreTool(instrument, tallyOf(instrument, list));
        const after = scoreTool(
          instrument,
          tallyOf(instrument, [...list, { ...other, answers: best }]),
        );
        after.items.forEach((item, index) => {
          expect(hundredths(item.score)).toBeGreaterThanOrEqual(
            hundredths(before.items[index]?.score),
          );
        });
      }),
      { seed: SEED },
    );
  });

  it('mirror when the items are reversed', () => {
    const mirrored: Instrument = {
      ...instrument,
      items: instrument.items.map((item) => ({
        ...item,
        polarity: item.polarity === 'positive' ? 'negative' : 'positive',
      })),
    };
    fc.assert(
      fc.property(responses, (list) => {
        const tally = tallyOf(instrument, list);
        const scored = scoreTool(instrument, tally);
        const reversed = scoreTool(mirrored, tally);
        scored.items.forEach((item, index) => {
          const sum = hundredths(item.score) + hundredths(reversed.items[index]?.score);
          // Both of two halves go up.
          expect([10_000, 10_001]).toContain(sum);
        });
      }),
      { seed: SEED },
    );
  });
});

describe('nobody', () => {
  it('has no score, and it is not 0', () => {
    const scored = scoreTool(eit, emptyTally(eit));
    expect(scored.score).toBeNull();
    expect(scored.items.map(({ n, score }) => [n, score])).toEqual(eit.items.map(() => [0, null]));
    expect(scored.indicators.map(({ score }) => score)).toEqual([null, null, null]);
  });
});

describe('an item that nobody answered', () => {
  it('leaves its indicator and its tool without a score', () => {
    const tally = emptyTally(eit);
    const scored = scoreTool(eit, {
      ...tally,
      n: 1,
      items: { ...tally.items, E4: [0, 0, 0, 0, 0, 1] },
    });
    expect(scored.indicators).toContainEqual({ indicator: 7, n: 1, score: '100.00' });
    expect(scored.indicators).toContainEqual({ indicator: 8, n: 0, score: null });
    expect(scored.score).toBeNull();
  });
});

describe('the worth of an option', () => {
  it.each([
    ['I1', iit, [0, 20, 40, 60, 80, 100]],
    ['I5', iit, [100, 80, 60, 40, 20, 0]],
    ['I3', iit, [0, 100]],
    ['E3', eit, [0, 100]],
  ] as const)('of %s follows its polarity', (code, instrument, points) => {
    expect(pointsOfItem(instrument, code)).toEqual(points);
  });
});

describe('a tool', () => {
  it.each([
    ['mean-of-items', '66.67'],
    ['mean-of-indicators', '50.00'],
  ] as const)('is the %s where the instrument says so', (toolScore, expected) => {
    const instrument = twoIndicators(toolScore);
    const tally = {
      ...emptyTally(instrument),
      n: 1,
      items: { E1: [0, 1], E2: [0, 1], E4: [1, 0] },
    };
    expect(scoreTool(instrument, tally).score).toBe(expected);
  });
});
