import type { Limits } from '../limits/limits.ts';

/** An authenticator app's code is good for the 30 seconds that it is shown, and for those before and after. */
const GOOD_FOR_MS = 90_000;

/** Codes of authenticator apps that signed somebody in, whichever server process they came to. */
export interface SpentCodes {
  /** False where the account's code is spent, or somebody is just trying it. */
  take(account: string, code: string): Promise<boolean>;
  /** It signed nobody in. */
  giveBack(account: string, code: string): Promise<void>;
}

const keyOf = (account: string, code: string) => `${account} ${code}`;

/** So that a code that was overseen or caught on its way opens nothing a second time. */
export function createSpentCodes(limits: Pick<Limits, 'once'>): SpentCodes {
  const spent = limits.once('code', { windowMs: GOOD_FOR_MS });
  return {
    take: async (account, code) => (await spent.begin(keyOf(account, code))) === 0,
    giveBack: (account, code) => spent.forgive(keyOf(account, code)),
  };
}
