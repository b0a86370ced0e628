import { describe, expect, it } from 'vitest';
import type { Life, LifeState } from '#core/contract/life.ts';
import { actsOn, afterAct, type LifeAct } from '#core/life/acts.ts';
import { stateOn } from '#core/life/state-on.ts';

const DAY = '2025-03-01';
const STATES: LifeState[] = ['draft', 'open', 'closed', 'archived'];
const DATES = [null, '2025-02-28', DAY, '2025-03-02'];

const LIVES: Life[] = STATES.flatMap((state) =>
  DATES.flatMap((opensOn) => DATES.map((closesOn) => ({ state, opensOn, closesOn }))),
).filter(({ opensOn, closesOn }) => !opensOn || !closesOn || opensOn <= closesOn);

const AFTER: Record<LifeAct, LifeState> = {
  open: 'open',
  'to-draft': 'draft',
  close: 'closed',
  reopen: 'open',
  archive: 'archived',
  unarchive: 'closed',
};

describe('what an admin does to an assessment', () => {
  it('holds on the very day, whatever the dates say', () => {
    for (const life of LIVES)
      for (const act of actsOn(life, DAY))
        expect([life, act, stateOn(afterAct(life, act, DAY), DAY)]).toEqual([
          life,
          act,
          AFTER[act],
        ]);
  });

  it('is always possible, and can be gone back on', () => {
    for (const life of LIVES) {
      const [first] = actsOn(life, DAY);
      if (!first) throw new Error('something can be done in every state');
      const before = stateOn(life, DAY);
      const after = afterAct(life, first, DAY);
      const back = actsOn(after, DAY).map((act) => stateOn(afterAct(after, act, DAY), DAY));
      expect([life, back.includes(before)]).toEqual([life, true]);
    }
  });

  it('leaves the dates that do not contradict it', () => {
    const life: Life = { state: 'draft', opensOn: '2025-03-10', closesOn: '2025-04-30' };
    expect(afterAct(life, 'open', DAY)).toEqual({ ...life, state: 'open' });
    expect(afterAct({ ...life, state: 'open' }, 'to-draft', DAY)).toEqual(life);
    expect(afterAct({ ...life, state: 'closed' }, 'reopen', '2025-05-01').closesOn).toBeNull();
  });
});
