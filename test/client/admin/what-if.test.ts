import { describe, expect, it } from 'vitest';
import type { CardBasis } from '#core/contract/card.ts';
import { triableItems, triedCard } from '#client/admin/card/what-if-view.ts';
import { cardOf } from '#core/scoring/card.ts';

const item = (code: string, indicator: number, points: string | null, isAllOrNothing = false) => ({
  code,
  indicator,
  share: '1/2',
  shareOfIndicator: '1/2',
  points,
  isAllOrNothing,
});

const BASIS: CardBasis = {
  fiscalYear: 2568,
  tools: [
    {
      tool: 'IIT',
      instrument: 'iit-2567',
      weight: '0.30',
      assessor: null,
      absence: null,
      items: [item('I1', 1, '100/1'), item('I2', 1, '280/3')],
    },
    {
      tool: 'EIT',
      instrument: 'eit-2567',
      weight: '0.30',
      assessor: null,
      absence: 'hidden',
      items: [item('E1', 6, null), item('E2', 6, null)],
    },
    {
      tool: 'OIT',
      instrument: 'oit-2567',
      weight: '0.40',
      assessor: null,
      absence: null,
      items: [item('O1', 9, '100/1', true), item('O2', 9, '0/1', true)],
    },
  ],
};

const scoreOf = (card: ReturnType<typeof triedCard>, name: string) =>
  card.tools.find(({ tool }) => tool === name)?.score;

describe('trying other scores', () => {
  it('is offered for the items that have one', () => {
    expect(triableItems(BASIS, cardOf(BASIS))).toEqual([
      { code: 'I1', instrument: 'iit-2567', score: '100.00', isAllOrNothing: false },
      { code: 'I2', instrument: 'iit-2567', score: '93.33', isAllOrNothing: false },
      { code: 'O1', instrument: 'oit-2567', score: '100.00', isAllOrNothing: true },
      { code: 'O2', instrument: 'oit-2567', score: '0.00', isAllOrNothing: true },
    ]);
  });

  it('takes what can be read, and leaves the rest as it is', () => {
    expect(scoreOf(triedCard(BASIS, []), 'IIT')).toBe('96.67');
    expect(scoreOf(triedCard(BASIS, [{ code: 'I2', typed: '90' }]), 'IIT')).toBe('95.00');
    expect(scoreOf(triedCard(BASIS, [{ code: 'I2', typed: '9x' }]), 'IIT')).toBe('96.67');
    expect(scoreOf(triedCard(BASIS, [{ code: 'O2', typed: '100.00' }]), 'OIT')).toBe('100.00');
  });

  it('never makes a score of what may not be shown', () => {
    expect(scoreOf(triedCard(BASIS, [{ code: 'E1', typed: '100' }]), 'EIT')).toBeNull();
  });
});
