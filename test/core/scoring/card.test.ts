import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BasisTool, Card, CardBasis } from '#core/contract/card.ts';
import { cardOf } from '#core/scoring/card.ts';
import { fraction, fractionText, readDecimal } from '#core/scoring/fraction.ts';
import { hundredthsOf, levelOf, levelRules } from '#core/scoring/level.ts';
import { withScores } from '#core/scoring/rating.ts';

const SEED = 2567;

/** A tool of items that count alike, one indicator each, with scores as text. */
function tool(
  name: BasisTool['tool'],
  scores: readonly (string | null)[],
  changes: Partial<BasisTool> = {},
): BasisTool {
  const first = { IIT: 1, EIT: 6, OIT: 9 }[name];
  return {
    tool: name,
    instrument: `${name.toLowerCase()}-2567`,
    weight: { IIT: '0.30', EIT: '0.30', OIT: '0.40' }[name],
    assessor: null,
    absence: scores.includes(null) ? 'incomplete' : null,
    items: scores.map((score, index) => ({
      code: `${name[0]}${index + 1}`,
      indicator: first + index,
      share: fractionText(fraction(1, scores.length)),
      shareOfIndicator: '1/1',
      points: score === null ? null : fractionText(readDecimal(score)),
      isAllOrNothing: name === 'OIT',
    })),
    ...changes,
  };
}

const basisOf = (tools: BasisTool[], fiscalYear = 2567): CardBasis => ({ fiscalYear, tools });

const scoreOf = (card: Card, name: string) => card.tools.find((line) => line.tool === name)?.score;

function nextOf({ outlook }: Card) {
  if (outlook.state !== 'next') throw new Error(`the outlook is ${outlook.state}`);
  return outlook;
}

describe('the published card of Prawet 2567', () => {
  const card = cardOf(
    basisOf([tool('IIT', ['98.13']), tool('EIT', ['96.42']), tool('OIT', ['96.25'])]),
  );

  it('gives 96.87, the highest level', () => {
    expect(card.ita).toBe('96.87');
    expect(card.level).toBe('excellent');
    expect(card.outlook).toEqual({ state: 'highest' });
  });

  it('gives each tool its share', () => {
    expect(card.tools.map(({ weight, score, weighted }) => [weight, score, weighted])).toEqual([
      ['0.30', '98.13', '29.44'],
      ['0.30', '96.42', '28.93'],
      ['0.40', '96.25', '38.50'],
    ]);
  });
});

describe('the published card of Bangkok 2566', () => {
  const card = cardOf(
    basisOf(
      [
        tool('IIT', ['82.44']),
        tool('EIT', ['79.40'], { weight: '0.15', assessor: { weight: '0.15', score: '82.24' } }),
        tool('OIT', ['100.00']),
      ],
      2566,
    ),
  );

  it('counts both parts of the EIT by 0.15', () => {
    expect(card.ita).toBe('88.98');
    expect(card.tools[1]).toEqual({
      tool: 'EIT',
      instrument: 'eit-2567',
      weight: '0.30',
      score: '80.82',
      weighted: '24.25', // 24.246
      parts: {
        office: { weight: '0.15', score: '79.40' },
        assessor: { weight: '0.15', score: '82.24' },
      },
      absence: null,
    });
  });

  it('is kept from the next level by two tools that are below 85', () => {
    expect(card.level).toBe('pass');
    expect(nextOf(card)).toMatchObject({
      level: 'good',
      itaGap: null,
      toolGaps: [
        { tool: 'IIT', gap: '2.56' },
        { tool: 'EIT', gap: '4.18' },
      ],
    });
  });
});

it('rounds an indicator and a tool half-up, once: (96.23 + 94.66) / 2 is 95.45', () => {
  const eit = tool('EIT', ['96.23', '94.66']);
  const items = eit.items.map((item) => ({ ...item, indicator: 8, shareOfIndicator: '1/2' }));
  const card = cardOf(basisOf([tool('IIT', ['100']), { ...eit, items }, tool('OIT', ['100'])]));
  expect(card.indicators.find(({ indicator }) => indicator === 8)?.score).toBe('95.45');
  expect(scoreOf(card, 'EIT')).toBe('95.45');
});

it('decides a level on the rounded value: 94.995 is told as 95.00 and counts as that', () => {
  const high = ['94.99', '95.00'];
  const card = cardOf(basisOf([tool('IIT', high), tool('EIT', high), tool('OIT', high)]));
  expect(card.ita).toBe('95.00');
  expect(card.level).toBe('excellent');
  const low = cardOf(
    basisOf([tool('IIT', ['94.99', '94.99']), tool('EIT', high), tool('OIT', high)]),
  );
  expect(low.level).toBe('good');
});

describe('what keeps from the next level', () => {
  it('is the one tool that is too low, and the item that would do it by itself', () => {
    const card = cardOf(
      basisOf([
        tool('IIT', ['100', '100']),
        tool('EIT', ['97.00', '90.00', '95.00']), // 94.00
        tool('OIT', ['100']),
      ]),
    );
    expect(card.level).toBe('good');
    expect(nextOf(card)).toEqual({
      state: 'next',
      level: 'excellent',
      itaGap: null,
      toolGaps: [{ tool: 'EIT', gap: '1.00' }],
      // 94.995 x 3 - 192.00 = 92.985 for E2: 92.99 is the first of two decimals that is enough.
      helps: [
        {
          tool: 'EIT',
          code: 'E2',
          score: '90.00',
          toolGain: '3.33',
          itaGain: '1.00',
          reachesAt: '92.99',
        },
        {
          tool: 'EIT',
          code: 'E3',
          score: '95.00',
          toolGain: '1.67',
          itaGain: '0.50',
          reachesAt: '97.99',
        },
        {
          tool: 'EIT',
          code: 'E1',
          score: '97.00',
          toolGain: '1.00',
          itaGain: '0.30',
          reachesAt: '99.99',
        },
      ],
    });
  });

  it('is the ITA alone, and an item of any tool may help', () => {
    const card = cardOf(
      basisOf([tool('IIT', ['70']), tool('EIT', ['70']), tool('OIT', ['100', '0'])]),
    ); // 62.00
    expect(card.level).toBe('improve-urgently');
    const outlook = nextOf(card);
    expect(outlook).toMatchObject({ level: 'improve', itaGap: '8.00', toolGaps: [] });
    expect(outlook.helps.map(({ code, reachesAt }) => [code, reachesAt])).toEqual([
      ['O2', '100.00'], // all or nothing
      ['I1', '96.65'], // (69.995 - 62) / 0.3 + 70 = 96.65
      ['E1', '96.65'],
    ]);
  });

  it('is more than one item can mend where two tools are too low', () => {
    const card = cardOf(basisOf([tool('IIT', ['94']), tool('EIT', ['94']), tool('OIT', ['100'])]));
    expect(nextOf(card).helps.map(({ reachesAt }) => reachesAt)).toEqual([null, null]);
  });

  it('counts only what the office can move, where the assessor has a part', () => {
    const card = cardOf(
      basisOf([
        tool('IIT', ['100']),
        tool('EIT', ['100', '90'], {
          weight: '0.15',
          assessor: { weight: '0.15', score: '90.00' },
        }),
        tool('OIT', ['100']),
      ]),
    ); // EIT = (95 + 90) / 2 = 92.50
    expect(nextOf(card).toolGaps).toEqual([{ tool: 'EIT', gap: '2.50' }]);
    expect(nextOf(card).helps).toEqual([
      {
        tool: 'EIT',
        code: 'E2',
        score: '90.00',
        toolGain: '2.50',
        itaGain: '0.75',
        reachesAt: '99.98',
      },
    ]);
  });
});

describe('a card with a tool missing', () => {
  it('has no ITA, says what is missing, and what it would have to score', () => {
    const card = cardOf(
      basisOf([tool('IIT', ['98.13']), tool('EIT', ['96.42']), tool('OIT', ['100', null])]),
    );
    expect([card.ita, card.level]).toEqual([null, null]);
    expect(card.tools[2]).toMatchObject({ score: null, weighted: null, absence: 'incomplete' });
    expect(card.outlook).toEqual({
      state: 'missing',
      tools: [{ tool: 'OIT', absence: 'incomplete' }],
      best: { ita: '98.37', level: 'excellent' }, // 29.439 + 28.926 + 40
      needs: [
        { level: 'excellent', score: '95.00' },
        { level: 'good', score: '85.00' },
        { level: 'pass', score: '66.58' }, // (84.995 - 58.365) / 0.4 = 66.575
        { level: 'improve', score: '29.08' }, // (69.995 - 58.365) / 0.4 = 29.075
      ],
    });
  });

  it('says that a level is out of reach already', () => {
    const card = cardOf(
      basisOf([tool('IIT', ['80']), tool('EIT', [], { absence: 'hidden' }), tool('OIT', ['100'])]),
    );
    if (card.outlook.state !== 'missing') throw new Error('the EIT is missing');
    expect(card.outlook.tools).toEqual([{ tool: 'EIT', absence: 'hidden' }]);
    expect(card.outlook.best).toEqual({ ita: '94.00', level: 'pass' });
    expect(card.outlook.needs.slice(0, 3)).toEqual([
      { level: 'excellent', score: null },
      { level: 'good', score: null },
      { level: 'pass', score: '69.99' }, // (84.995 - 64) / 0.3 = 69.983...
    ]);
  });

  it('never takes points that are there, where the tool may not be shown', () => {
    const card = cardOf(
      basisOf([
        tool('IIT', ['80'], { absence: 'hidden' }),
        tool('EIT', ['90']),
        tool('OIT', ['90']),
      ]),
    );
    expect(scoreOf(card, 'IIT')).toBeNull();
    expect(card.ita).toBeNull();
  });
});

const score = fc
  .nat(10_000)
  .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
const scores = fc.array(score, { minLength: 1, maxLength: 5 });
const anyBasis = fc
  .record({
    iit: scores,
    eit: scores,
    oit: fc.array(fc.constantFrom('0', '100'), { minLength: 1, maxLength: 5 }),
    part: fc.option(score),
    fiscalYear: fc.constantFrom(2565, 2567),
  })
  .map(({ iit, eit, oit, part, fiscalYear }) =>
    basisOf(
      [
        tool('IIT', iit),
        tool(
          'EIT',
          eit,
          part === null ? {} : { weight: '0.15', assessor: { weight: '0.15', score: part } },
        ),
        tool('OIT', oit),
      ],
      fiscalYear,
    ),
  );
/** Most scores are high, where the levels lie close together. */
const highBasis = anyBasis.map((basis) => ({
  ...basis,
  tools: basis.tools.map((one) => ({
    ...one,
    items: one.items.map((item) => {
      const [numerator = '0', denominator = '1'] = (item.points ?? '').split('/');
      const raised = 8 * Number(denominator) * 100 + 2 * Number(numerator);
      return item.isAllOrNothing
        ? { ...item, points: '100/1' }
        : { ...item, points: fractionText(fraction(raised, Number(denominator) * 10)) };
    }),
  })),
}));

describe.each([
  ['any', anyBasis],
  ['high', highBasis],
])('with %s scores', (_, bases) => {
  it('the ITA lies between the tools, and the level is that of the told scores', () => {
    fc.assert(
      fc.property(bases, (basis) => {
        const card = cardOf(basis);
        const told = card.tools.map((line) => line.score ?? '');
        const values = told.map(hundredthsOf);
        const ita = hundredthsOf(card.ita ?? '');
        expect(ita).toBeGreaterThanOrEqual(Math.min(...values));
        expect(ita).toBeLessThanOrEqual(Math.max(...values));
        expect(card.level).toBe(levelOf(basis.fiscalYear, card.ita ?? '', told));
      }),
      { seed: SEED },
    );
  });

  it('an item that is moved to what it is said to need reaches the next level, and not a hundredth below', () => {
    let tried = 0;
    fc.assert(
      fc.property(bases, (basis) => {
        const card = cardOf(basis);
        if (card.outlook.state !== 'next') return;
        const { level, helps } = card.outlook;
        const ranks = levelRules(basis.fiscalYear).map((rule) => rule.level);
        const isReachedWith = (code: string, hundredths: number) => {
          const moved = cardOf(withScores(basis, { [code]: (hundredths / 100).toFixed(2) })).level;
          return moved !== null && ranks.indexOf(moved) <= ranks.indexOf(level);
        };
        const wrong = helps.filter(({ code, reachesAt, score: now }) => {
          if (reachesAt === null) return isReachedWith(code, 10_000);
          tried += 1;
          const least = hundredthsOf(reachesAt);
          // Of all or nothing there is nothing below.
          const isLeast =
            code.startsWith('O') || least === hundredthsOf(now) || !isReachedWith(code, least - 1);
          return !isReachedWith(code, least) || !isLeast;
        });
        expect(wrong).toEqual([]);
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect(tried).toBeGreaterThan(20);
  });

  it('a gain is what the ITA rises by when the item reaches 100', () => {
    fc.assert(
      fc.property(bases, (basis) => {
        const card = cardOf(basis);
        if (card.outlook.state !== 'next') return;
        for (const { code, itaGain, tool: name, toolGain } of card.outlook.helps) {
          const best = cardOf(withScores(basis, { [code]: '100.00' }));
          const rise = hundredthsOf(best.ita ?? '') - hundredthsOf(card.ita ?? '');
          const toolRise =
            hundredthsOf(scoreOf(best, name) ?? '') - hundredthsOf(scoreOf(card, name) ?? '');
          expect(Math.abs(rise - hundredthsOf(itaGain))).toBeLessThanOrEqual(1);
          expect(Math.abs(toolRise - hundredthsOf(toolGain))).toBeLessThanOrEqual(1);
        }
      }),
      { seed: SEED },
    );
  });

  it('a missing tool that scores what it is said to need gives the level, and not a hundredth below', () => {
    fc.assert(
      fc.property(bases, fc.nat(2), (basis, place) => {
        const withTool = (hundredths: number | null) =>
          cardOf({
            ...basis,
            tools: basis.tools.map((one, index) => {
              if (index !== place) return one;
              const [item] = tool(one.tool, [
                hundredths === null ? '0' : (hundredths / 100).toFixed(2),
              ]).items;
              return {
                ...one,
                absence: hundredths === null ? 'nobody' : null,
                items: item ? [item] : [],
              };
            }),
          });
        const { outlook } = withTool(null);
        if (outlook.state !== 'missing') throw new Error('a tool is missing');
        const ranks = levelRules(basis.fiscalYear).map(({ level }) => level);
        const rankWith = (hundredths: number) => {
          const { level } = withTool(hundredths);
          return level === null ? ranks.length : ranks.indexOf(level);
        };
        const wrong = outlook.needs.filter(({ level, score: needed }) => {
          const rank = ranks.indexOf(level);
          if (needed === null) return rankWith(10_000) <= rank;
          const least = hundredthsOf(needed);
          return rankWith(least) > rank || (least > 0 && rankWith(least - 1) <= rank);
        });
        expect(wrong).toEqual([]);
      }),
      { seed: SEED },
    );
  });
});

describe('what-if', () => {
  const basis = basisOf([tool('IIT', ['98', '96']), tool('EIT', ['90']), tool('OIT', ['100'])]);

  it('moves one item and nothing else', () => {
    const moved = cardOf(withScores(basis, { I2: '100.00' }));
    expect(moved.items.map(({ code, score: told }) => [code, told])).toEqual([
      ['I1', '98.00'],
      ['I2', '100.00'],
      ['E1', '90.00'],
      ['O1', '100.00'],
    ]);
    expect(scoreOf(moved, 'IIT')).toBe('99.00');
    expect(moved.ita).toBe('96.70');
  });

  it('leaves the basis as it was', () => {
    expect(cardOf(withScores(basis, {}))).toEqual(cardOf(basis));
    expect(withScores(basis, { X9: '1.00' })).toEqual(basis);
  });
});
