import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';

const ATTEMPTS = 10;
const ATTEMPT_WINDOW_MS = 15 * 60 * 1000;

/**
 * What `prove` gives to somebody who proves with a password or a code who they are; it is given the Cookie header.
 *
 * @throws ProblemError sign-in-failed where it gives null, too-many-attempts after some of those
 */
export type Proving = <Proof>(
  context: AppContext,
  prove: (cookie: string) => Promise<Proof | null>,
) => Promise<Proof>;

/** Whoever took a session over does not guess for long. */
export function createProving({ limits }: Pick<AppEffects, 'limits'>): Proving {
  const ofAccount = limits.attempts('proofs', { maximum: ATTEMPTS, windowMs: ATTEMPT_WINDOW_MS });

  return async function proven(context, prove) {
    const { id } = context.get('signedIn');
    const wait = await ofAccount.begin(id);
    if (wait > 0) throw new ProblemError('too-many-attempts', undefined, wait);
    const proof = await prove(context.req.header('cookie') ?? '');
    if (proof === null) throw new ProblemError('sign-in-failed');
    await ofAccount.forgive(id);
    return proof;
  };
}
