import { randomUUID } from 'node:crypto';
import type { AccountEffects } from '#server/auth/accounts.ts';

/** For accounts that nobody tries a code of twice. */
export const ACCOUNT_EFFECTS: AccountEffects = {
  newId: randomUUID,
  now: Date.now,
  spentCodes: { take: () => Promise.resolve(true), giveBack: () => Promise.resolve() },
};
