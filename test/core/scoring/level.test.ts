import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf, levelRules } from '#core/scoring/level.ts';

describe('the level from fiscal year 2566 on', () => {
  it.each([
    ['95.00', ['95.00', '95.00', '95.00'], 'excellent'],
    ['100.00', ['100.00', '100.00', '100.00'], 'excellent'],
    ['96.87', ['98.13', '96.42', '96.25'], 'excellent'],
    ['98.50', ['100.00', '94.99', '100.00'], 'good'],
    ['94.99', ['94.99', '94.99', '94.99'], 'good'],
    ['85.00', ['85.00', '85.00', '85.00'], 'good'],
    ['95.50', ['100.00', '84.99', '100.00'], 'pass'],
    ['85.00', ['60.00', '90.00', '100.00'], 'pass'],
    ['88.98', ['82.44', '80.82', '100.00'], 'pass'],
    ['84.99', ['84.99', '84.99', '84.99'], 'improve'],
    ['70.00', ['0.00', '100.00', '100.00'], 'improve'],
    ['69.99', ['100.00', '100.00', '24.98'], 'improve-urgently'],
    ['0.00', ['0.00', '0.00', '0.00'], 'improve-urgently'],
  ])('of ITA %s with tools %j is %s', (ita, tools, level) => {
    expect(levelOf(2566, ita, tools)).toBe(level);
    expect(levelOf(2569, ita, tools)).toBe(level);
  });
});

describe('the level before 2566', () => {
  it.each([
    ['95.00', 'AA'],
    ['94.99', 'A'],
    ['85.00', 'A'],
    ['84.99', 'B'],
    ['75.00', 'B'],
    ['74.99', 'C'],
    ['65.00', 'C'],
    ['64.99', 'D'],
    ['55.00', 'D'],
    ['54.99', 'E'],
    ['50.00', 'E'],
    ['49.99', 'F'],
    ['0.00', 'F'],
  ])('of ITA %s is the letter %s, whatever the tools are', (ita, level) => {
    expect(levelOf(2565, ita, ['0.00', '0.00', '100.00'])).toBe(level);
  });
});

const told = fc
  .nat(10_000)
  .map(
    (hundredths) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`,
  );

it.each([2565, 2567])('in %d a higher score never gives a lower level', (year) => {
  const ranks = levelRules(year).map(({ level }) => level);
  fc.assert(
    fc.property(fc.array(fc.tuple(told, told), { minLength: 4, maxLength: 4 }), (pairs) => {
      const sorted = pairs.map(([a, b]) => (Number(a) < Number(b) ? [a, b] : [b, a]));
      const levelWith = (side: 0 | 1) => {
        const [ita = '', ...tools] = sorted.map((pair) => pair[side] ?? '');
        return ranks.indexOf(levelOf(year, ita, tools));
      };
      expect(levelWith(1)).toBeLessThanOrEqual(levelWith(0));
    }),
    { seed: 2567 },
  );
});
