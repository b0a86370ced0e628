import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { noteOfServer } from '#server/auditing/server-act.ts';
import { createAccounts } from '#server/auth/accounts.ts';
import { createAuth, migrateAuth } from '#server/auth/better-auth.ts';
import { createPasskeys } from '#server/auth/passkeys.ts';
import { sha256 } from '#server/sha256.ts';
import { createStorage } from '#server/storage/create-storage.ts';
import type { OpenDatabase } from '#server/storage/open-database.ts';
import { ACCOUNT_EFFECTS } from '../support/account-effects.ts';
import { createAuthenticator } from '../support/software-authenticator.ts';
import { totpOf } from '../support/totp.ts';

const ORIGIN = 'https://office.test';
const PASSWORD = 'ปลาทูหน้างอคอหัก';
const NEXT_PASSWORD = 'ม้าลายเดินข้ามสะพาน';
const NOW = '2026-11-21T14:05:00.000Z';
const HOUR_LATER = '2026-11-21T15:05:00.000Z';

const cookieOf = (cookies: readonly string[] = []) =>
  cookies.map((line) => line.split(';')[0]).join('; ');

/** What every database keeps of accounts. `open` gives an empty one. */
export function describeAccounts(
  name: string,
  open: () => Promise<Pick<OpenDatabase, 'database' | 'dialect'>>,
): void {
  async function newOffice() {
    const { database, dialect } = await open();
    const auth = createAuth({
      database,
      dialect,
      secret: 's'.repeat(32),
      host: new URL(ORIGIN).hostname,
      secureCookies: false,
    });
    await migrateAuth(auth, { database, dialect });
    const storage = createStorage(database, randomUUID);
    onTestFinished(() => storage.close());
    const accounts = createAccounts(auth, ACCOUNT_EFFECTS);
    const passkeys = createPasskeys(auth);
    const owner = await accounts.create('somchai', PASSWORD, { role: 'owner', branch: 'all' });
    const account = owner?.id ?? '';
    const authenticator = createAuthenticator(ORIGIN);

    async function addPasskey() {
      const session = cookieOf(owner?.cookies);
      const challenge = await passkeys.beginAdding(session, PASSWORD);
      if (!challenge) throw new Error('the password was refused');
      return passkeys.add(`${session}; ${cookieOf(challenge.cookies)}`, ORIGIN, {
        name: 'โทรศัพท์',
        passkey: authenticator.make(challenge.options),
      });
    }
    async function signInWithPasskey() {
      const { options, cookies } = await passkeys.beginSignIn();
      return passkeys.signIn(cookieOf(cookies), ORIGIN, authenticator.prove(options));
    }
    /** A passkey, and codes of an app besides. */
    async function addSecondFactors() {
      expect(await addPasskey()).toBe(true);
      const session = cookieOf(owner?.cookies);
      const enrolment = await accounts.enrol(session, PASSWORD);
      await accounts.confirmEnrolment(session, totpOf(enrolment?.uri ?? '', Date.now()));
      expect(await accounts.signIn('somchai', PASSWORD)).toMatchObject({ needsCode: true });
      const [person] = await storage.listPeople();
      expect(person).toMatchObject({ hasTwoFactor: true, hasPasskey: true });
    }
    async function expectPasswordAlone() {
      expect(await storage.listPeople()).toMatchObject([
        { hasTwoFactor: false, hasPasskey: false },
      ]);
      expect(await storage.listSessions(account, Date.now())).toEqual([]);
      expect(await signInWithPasskey()).toBe('unknown');
    }
    const addLink = (token: string) =>
      storage.addRecoveryLink(
        { account, hash: sha256(token), expiresAt: HOUR_LATER },
        noteOfServer(Date.parse(NOW), 'recovery-link-made'),
        NOW,
      );
    const recover = async (token: string, now = NOW) =>
      storage.recover({
        hash: sha256(token),
        passwordHash: await accounts.hashPassword(NEXT_PASSWORD),
        now,
      });

    return {
      storage,
      accounts,
      account,
      addPasskey,
      signInWithPasskey,
      addSecondFactors,
      expectPasswordAlone,
      addLink,
      recover,
    };
  }

  describe(`accounts on ${name}`, { timeout: 60_000 }, () => {
    test('have passkeys, which are renamed and removed', async () => {
      const { storage, account, addPasskey, signInWithPasskey } = await newOffice();
      expect(await addPasskey()).toBe(true);
      expect(await signInWithPasskey()).toMatchObject({ id: account, name: 'somchai' });
      const [passkey] = await storage.listPasskeys(account);
      expect(passkey?.addedAt).toBe(new Date(passkey?.addedAt ?? '').toISOString());
      const id = passkey?.id ?? '';
      expect(await storage.renamePasskey(account, { id, name: 'เครื่องใหม่' })).toBe(true);
      expect(await storage.renamePasskey('another', { id, name: 'x' })).toBe(false);
      expect(await storage.removePasskey('another', id)).toBeNull();
      expect(await storage.removePasskey(account, id)).toBe('เครื่องใหม่');
      expect(await signInWithPasskey()).toBe('unknown');
    });

    test('lose their second factors and sessions, and keep the password', async () => {
      const office = await newOffice();
      await office.addSecondFactors();
      expect(await office.storage.endSecondFactors('another')).toBe(false);
      expect(await office.storage.endSecondFactors(office.account)).toBe(true);
      await office.expectPasswordAlone();
      expect(await office.accounts.signIn('somchai', PASSWORD)).toMatchObject({ name: 'somchai' });
    });

    test('are recovered by a link, once', async () => {
      const office = await newOffice();
      await office.addSecondFactors();
      await office.addLink('the older');
      await office.addLink('the link');
      expect(await office.storage.findRecovering(sha256('the older'), NOW)).toBeNull();
      expect(await office.storage.findRecovering(sha256('the link'), NOW)).toBe('somchai');
      expect(await office.recover('the older')).toBe(false);
      const both = await Promise.all([office.recover('the link'), office.recover('the link')]);
      expect(both.toSorted()).toEqual([false, true]);
      await office.expectPasswordAlone();
      expect(await office.accounts.signIn('somchai', PASSWORD)).toBeNull();
      expect(await office.accounts.signIn('somchai', NEXT_PASSWORD)).toMatchObject({
        name: 'somchai',
      });
    });

    test('are not recovered after the hour', async () => {
      const { storage, accounts, addLink, recover } = await newOffice();
      await addLink('the link');
      expect(await storage.findRecovering(sha256('the link'), HOUR_LATER)).toBeNull();
      expect(await recover('the link', HOUR_LATER)).toBe(false);
      expect(await accounts.signIn('somchai', PASSWORD)).toMatchObject({ name: 'somchai' });
    });
  });
}
