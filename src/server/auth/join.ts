import type { SetUp } from '#core/contract/account.ts';
import { sha256 } from '../sha256.ts';
import type { Storage } from '../storage/storage.ts';
import type { Accounts } from './accounts.ts';
import { folded } from './folded.ts';
import type { SignedIn } from './signed-in.ts';

/** What became of an attempt to join; the refusals are the contract's problem codes. */
export type JoinOutcome =
  | ({ state: 'signed-in' } & SignedIn)
  | { state: 'set-up-link-used' }
  | { state: 'name-taken' };

/**
 * Makes an account of the invitation's role and branch. Of two that use its link at once one succeeds; where the
 * branch was removed meanwhile, none. An invitation whose account could not be made works again. `now`: ISO, UTC.
 *
 * @throws the storage's error; the link works again afterwards where no account was made and that can be written
 */
export async function redeemInvitation(
  storage: Storage,
  accounts: Accounts,
  { token, name, password }: SetUp,
  now: string,
): Promise<JoinOutcome> {
  const before = new Set((await storage.listPeople()).map(({ id }) => id));
  const invitation = await storage.takeInvitation(sha256(token), now);
  if (!invitation) return { state: 'set-up-link-used' };
  try {
    const signedIn = await accounts.create(name, password, invitation);
    // Without its invitation nothing kept the organization from being removed.
    if (signedIn && (await storage.removeStray(signedIn.id, invitation.branch)))
      return { state: 'set-up-link-used' };
    if (signedIn) return { state: 'signed-in', ...signedIn };
  } catch (error) {
    // The account may be made though its sign-in failed: another one would be more than the link was for.
    const people = await storage.listPeople();
    const isMade = people.some(
      (person) => !before.has(person.id) && folded(person.name) === folded(name),
    );
    if (!isMade) await storage.addInvitation(invitation, now);
    throw error;
  }
  await storage.addInvitation(invitation, now);
  return { state: 'name-taken' };
}
