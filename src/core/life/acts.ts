import type { Life } from '../contract/life.ts';
import { stateOn } from './state-on.ts';

/** What an admin can do to the life of an assessment, each undone by another. */
export type LifeAct = 'open' | 'to-draft' | 'close' | 'reopen' | 'archive' | 'unarchive';

/** What can be done on a day (ISO, in Thailand); the likeliest first. */
export function actsOn(life: Life, day: string): readonly LifeAct[] {
  switch (stateOn(life, day)) {
    case 'draft':
      return ['open'];
    case 'open':
      return ['close', 'to-draft'];
    case 'closed':
      return ['reopen', 'archive'];
    case 'archived':
      return ['unarchive'];
    default:
      return [];
  }
}

/** The life after an act on a day. A date that would at once undo the act is taken out. */
export function afterAct(life: Life, act: LifeAct, day: string): Life {
  const { opensOn, closesOn } = life;
  switch (act) {
    case 'open':
    case 'reopen':
      return {
        ...life,
        state: 'open',
        closesOn: closesOn !== null && closesOn < day ? null : closesOn,
      };
    case 'to-draft':
      return {
        ...life,
        state: 'draft',
        opensOn: opensOn !== null && opensOn <= day ? null : opensOn,
      };
    case 'archive':
      return { ...life, state: 'archived' };
    case 'close':
    case 'unarchive':
      return { ...life, state: 'closed' };
    default:
      return act satisfies never;
  }
}
