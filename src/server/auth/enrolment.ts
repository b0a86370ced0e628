import type { Auth } from './better-auth.ts';
import { sha256 } from '../sha256.ts';

/** What tells an account's second factor, begun or confirmed, from one that was begun before; null where there is none. */
export async function currentEnrolment(auth: Auth, account: string): Promise<string | null> {
  const { adapter } = await auth.$context;
  const found = await adapter.findOne<{ secret: string }>({
    model: 'twoFactor',
    where: [{ field: 'userId', value: account }],
  });
  // As it is kept, encrypted: what is told of it opens nothing.
  return found && sha256(found.secret);
}
