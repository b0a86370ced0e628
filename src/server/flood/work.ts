import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import * as z from 'zod/mini';
import type { Limits } from '../limits/limits.ts';

/** A phone of 2018 on a slow day still has the time for what is wanted. */
const LASTS_MS = 30 * 60_000;

const ALGORITHM = 'SHA-256';

const hexSchema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const workDoneSchema = z.object({
  number: z.coerce.number().check(z.int(), z.minimum(0)),
  salt: z.string().check(z.maxLength(300)),
  challenge: hexSchema,
  signature: hexSchema,
});

interface WorkEffects {
  /** What the challenges are signed with, the same in all server processes. */
  workKey: string;
  limits: Pick<Limits, 'once'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Makes proofs of work and checks them: of the challenges it keeps nothing, of the solutions a mark until they expire. */
export interface Work {
  /** `batch`: what it is bound to; `most`: hashes that it takes at most. @see problemSchema, also for how both are written */
  wanted(batch: string, most: number): Promise<string>;
  /** True once for each solution. */
  isDone(batch: string, done: string): Promise<boolean>;
}

export function createWork({ workKey: key, limits, now }: WorkEffects): Work {
  // Longer than any is good for: whatever is late is refused for that.
  const used = limits.once('work', { windowMs: LASTS_MS });

  return {
    async wanted(batch, most) {
      const params = { batch, until: String(now() + LASTS_MS) };
      const options = { algorithm: ALGORITHM, hmacKey: key, maxNumber: most, params } as const;
      const { salt, challenge, signature } = await createChallenge(options);
      return [most, salt, challenge, signature].join(' ');
    },
    async isDone(batch, done) {
      const [number, salt, challenge, signature] = done.split(' ');
      const parsed = workDoneSchema.safeParse({ number, salt, challenge, signature });
      if (!parsed.success) return false;
      const payload = { algorithm: ALGORITHM, ...parsed.data } as const;
      const params = extractParams(payload);
      const until = Number(params['until']);
      if (params['batch'] !== batch || !(until >= now())) return false;
      // Its own look at the time would be at another clock than ours.
      if (!(await verifySolution(payload, key, false))) return false;
      return (await used.begin(payload.signature)) === 0;
    },
  };
}
