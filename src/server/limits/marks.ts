import { createHmac } from 'node:crypto';
import type { LimitStorage } from '../storage/limit-rows.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The hour since 1970 that a moment (in milliseconds) is in. */
export const hourOf = (now: number): number => Math.floor(now / HOUR_MS);

export interface MarkEffects {
  storage: Pick<LimitStorage, 'secretOfHour'>;
  /** What all server processes on this database have, and the database has not. */
  sharedSecret: string;
  /** Makes 256 random bits in hex. */
  newSecret: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Under what the database counts something for somebody: a keyed hash, of which nobody knows later whose it was. */
export interface Marks {
  /** The same in all processes, until the hour is over. Its secret is removed then: nobody can make it again. */
  ofThisHour(text: string): Promise<string>;
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

  return {
    async ofThisHour(text) {
      return hash(hash(sharedSecret, await secretNow()), text);
    },
    lasting: (text) => hash(hash(sharedSecret, 'lasting'), text),
  };
}
