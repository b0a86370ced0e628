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
export type Look = (typeof LOOKS)[number];

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

/**
 * Somebody looks at an overview or at scores four times a second: at those of the largest agency, whose page stays open, and of others by
 * turns. Begins at once; what it returns ends it and resolves to how long they took.
 */
export function startLooking(
  admin: Admin,
  agencies: readonly Agency[],
): () => Promise<Record<Look, LookFigures>> {
  const looked: Record<Look, Looked> = {
    participation: { took: [], refused: 0 },
    scores: { took: [], refused: 0 },
  };
  const ending = new AbortController();
  const looking = (async () => {
    const begun = performance.now();
    const answers: Promise<void>[] = [];
    for (let number = 0; !ending.signal.aborted; number += 1) {
      const due = begun + number * EVERY_MS;
      await pause(Math.max(due - performance.now(), 0));
      const look = LOOKS[number % 2] ?? 'scores';
      // Every other time the same; the others spread over all.
      const place = number % 4 < 2 ? 0 : (number * 7_919) % agencies.length;
      const path = `assessments/${agencies[place]?.id}/${look}`;
      answers.push(
        admin.read(path).then(
          () => void looked[look].took.push(performance.now() - due),
          () => void (looked[look].refused += 1),
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
    return { participation: figuresOf(looked.participation), scores: figuresOf(looked.scores) };
  };
}
