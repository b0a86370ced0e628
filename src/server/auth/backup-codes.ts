import type { Auth } from './better-auth.ts';
import { refusalAsNull } from './refusal.ts';

/** The codes that stand in for those of an authenticator app, each once. */
export interface BackupCodes {
  /** How many of an account were not used yet. */
  left(account: string): Promise<number>;
  /**
   * The account's code that somebody means who copied it from paper: without the hyphen, in other capitals, or with letters that look
   * like others. What is none of them stays as it was typed.
   */
  meant(account: string, typed: string): Promise<string>;
  /** New ones in the place of those that are left; null if the password is wrong, or the account has no second factor. */
  renew(cookie: string, password: string): Promise<string[] | null>;
}

/** Ten characters of 33 kinds are still far more than anybody tries: an account takes ten wrong codes in a quarter of an hour. */
const asOnPaper = (code: string) =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');

export function createBackupCodes(auth: Auth): BackupCodes {
  async function unused(account: string): Promise<string[]> {
    const asked = auth.api.viewBackupCodes({ body: { userId: account } });
    return (await refusalAsNull(asked))?.backupCodes ?? [];
  }

  return {
    left: async (account) => (await unused(account)).length,
    async meant(account, typed) {
      const wanted = asOnPaper(typed);
      return (await unused(account)).find((code) => asOnPaper(code) === wanted) ?? typed;
    },
    async renew(cookie, password) {
      const headers = new Headers({ cookie });
      const made = await refusalAsNull(
        auth.api.generateBackupCodes({ body: { password }, headers }),
      );
      return made && made.backupCodes;
    },
  };
}
