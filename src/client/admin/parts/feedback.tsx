import { useEffect, useRef } from 'preact/hooks';
import { useAdmin } from '../admin.ts';
import { Icon } from './icon.tsx';

const FEEDBACK_MS = 8_000;

/**
 * A short word after an act; goes away by itself and is read out. Its room stays until one goes to another page: what stands below would
 * move away under a finger.
 */
export function Feedback() {
  const { feedback, router } = useAdmin();
  const words = feedback.value;
  const moves = router.moves.value;
  const last = useRef<{ words: string; moves: number } | null>(null);
  if (words !== null) last.current = { words, moves };
  const past = words === null && last.current?.moves === moves ? last.current.words : null;
  useEffect(() => {
    if (words === null) return undefined;
    const timer = setTimeout(() => {
      feedback.value = null;
    }, FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [words, feedback]);
  return (
    <output class="feedback">
      {words === null && past === null ? null : (
        <span class={past === null ? 'feedback-words' : 'feedback-words feedback-past'}>
          <Icon name="check" />
          {words ?? past}
        </span>
      )}
    </output>
  );
}
