import { setTimeout as pause } from 'node:timers/promises';
import { percentileOf } from '../phone/statistics.ts';
import type { Admin, Agency } from './agencies.ts';

const EVERY_MS = 250;

/** Milliseconds from the moment at which somebody was to look to all of the answer. */
export interface LookFigures {
  looks: number;
  /** Those that were told to come again, or failed. */
  refused: number;
  p50: number;
  p95: number;
  worst: number;
}

const LOOKS = ['participation', 'scores'] as const;
type Look = (typeof LOOKS)[number];

/** By what was looked at: `again` at the largest agency, `other` at one that mostly nobody has looked at yet. */
export type AllLooks = Record<Look, { again: LookFigures; other: LookFigures }>;

interface Looked {
  took: number[];
  refused: number;
}

const figuresOf = ({ took, refused }: Looked): LookFigures => ({
  looks: took.length + refused,
  refused,
  p50: percentileOf(took, 0.5),
  p95: percentileOf(took, 0.95),
  worst: percentileOf(took, 1),
});

const figuresOfBoth = ({ again, other }: Record<'again' | 'other', Looked>) => ({
  again: figuresOf(again),
  other: figuresOf(other),
});

const none = (): Record<'again' | 'other', Looked> => ({
  again: { took: [], refused: 0 },
  other: { took: [], refused: 0 },
});

/**
 * Somebody looks at an overview or at scores four times a second: at those of the largest agency, whose page stays open, and of others by
 * turns. Begins at once; what it returns ends it and resolves to how long they took.
 */
export function startLooking(admin: Admin, agencies: readonly Agency[]): () => Promise<AllLooks> {
  const looked = { participation: none(), scores: none() };
  const ending = new AbortController();
  const looking = (async () => {
    const begun = performance.now();
    const answers: Promise<void>[] = [];
    for (let number = 0; !ending.signal.aborted; number += 1) {
      const due = begun + number * EVERY_MS;
      await pause(Math.max(due - performance.now(), 0));
      const look = LOOKS[number % 2] ?? 'scores';
      // Every other time the same; the others spread over all.
      const which = number % 4 < 2 ? 'again' : 'other';
      const place = which === 'again' ? 0 : (number * 7_919) % agencies.length;
      const path = `assessments/${agencies[place]?.id}/${look}`;
      answers.push(
        admin.read(path).then(
          () => void looked[look][which].took.push(performance.now() - due),
          () => void (looked[look][which].refused += 1),
        ),
      );
    }
    await Promise.all(answers);
  })();
  // Whoever ends it hears of it.
  looking.catch(() => undefined);
  return async function endLooking() {
    ending.abort();
    await looking;
    return {
      participation: figuresOfBoth(looked.participation),
      scores: figuresOfBoth(looked.scores),
    };
  };
}
