/** An authenticator app's code is good for the 30 seconds that it is shown, and for those before and after. */
const GOOD_FOR_MS = 90_000;

/** Codes of authenticator apps that signed somebody in, in memory only. */
export interface SpentCodes {
  /** False where the account's code is spent, or somebody is just trying it. */
  take(account: string, code: string): boolean;
  /** It signed nobody in. */
  giveBack(account: string, code: string): void;
}

const keyOf = (account: string, code: string) => `${account} ${code}`;

/** So that a code that was overseen or caught on its way opens nothing a second time. `now`: milliseconds since 1970. */
export function createSpentCodes(now: () => number): SpentCodes {
  const spent = new Map<string, number>();

  return {
    take(account, code) {
      for (const [key, until] of spent) if (until <= now()) spent.delete(key);
      const key = keyOf(account, code);
      if (spent.has(key)) return false;
      spent.set(key, now() + GOOD_FOR_MS);
      return true;
    },
    giveBack(account, code) {
      spent.delete(keyOf(account, code));
    },
  };
}
