import { createHmac } from 'node:crypto';
import type { AttemptMarks } from './attempt-limit.ts';
import type { LimitStorage } from '../storage/limit-rows.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What is counted with marks of an hour may matter so long after it. */
export const LONGEST_WINDOW_MS = 15 * 60 * 1000;

/** The hour since 1970 that a moment (in milliseconds) is in. */
const hourOf = (now: number): number => Math.floor(now / HOUR_MS);

/** The first hour of which anything may still matter. The secrets of those before it, and of those behind the last, are to be removed. */
export const firstHourOf = (now: number): number => hourOf(now - LONGEST_WINDOW_MS);

/** The last hour that it may be for another server process, whose clock is ahead. What has the secret of a later one was counted before the clock was set back. */
export const lastHourOf = (now: number): number => hourOf(now) + 1;

export interface MarkEffects {
  storage: Pick<LimitStorage, 'secretOfHour' | 'findSecretOfHour'>;
  /** What all server processes on this database have, and the database has not. */
  sharedSecret: string;
  /** Makes 256 random bits in hex. */
  newSecret: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Under what the database counts something for somebody: a keyed hash, of which nobody knows later whose it was. */
export interface Marks {
  /** The same in all processes, until the hour is over. Its secret is removed a quarter of an hour later: nobody can make it again. */
  ofThisHour(text: string): Promise<string>;
  /** The same with that of the hour before, as long as that has a secret. */
  aroundNow(text: string): Promise<AttemptMarks>;
  /** The same in all processes, for ever: for what is random or an account's anyway. */
  lasting(text: string): string;
}

const hash = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

export function createMarks({ storage, sharedSecret, newSecret, now }: MarkEffects): Marks {
  let known: { hour: number; secret: Promise<string> } | null = null;

  function secretNow(): Promise<string> {
    const hour = hourOf(now());
    if (known?.hour === hour) return known.secret;
    const asked = { hour, secret: storage.secretOfHour(hour, newSecret()) };
    known = asked;
    asked.secret.catch(() => {
      if (known === asked) known = null;
    });
    return asked.secret;
  }

  const ofHour = (secret: string, text: string) => hash(hash(sharedSecret, secret), text);
  const ofThisHour = async (text: string) => ofHour(await secretNow(), text);

  return {
    ofThisHour,
    async aroundNow(text) {
      const time = now();
      const first = firstHourOf(time);
      const secret = first < hourOf(time) ? await storage.findSecretOfHour(first) : null;
      const former = secret === null ? null : ofHour(secret, text);
      return { mark: await ofThisHour(text), former };
    },
    lasting: (text) => hash(hash(sharedSecret, 'lasting'), text),
  };
}
