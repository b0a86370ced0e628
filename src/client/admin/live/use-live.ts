import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Assessment } from '#core/contract/assessment.ts';
import { afterPress } from '../../ui/after-press.ts';
import { useAdmin } from '../admin.ts';
import { type LiveFigures, startLive } from './live-figures.ts';
import { openStream } from './open-stream.ts';
import { pageEffects } from './page-effects.ts';

interface UseLive<Value> {
  figures: ReadonlySignal<LiveFigures<Value>>;
  askNow: () => void;
  /** Shows figures that were asked for otherwise. */
  take: (value: Value) => void;
}

const NOTHING_YET = { latest: null, error: null, connection: 'opening' } as const;

/**
 * Figures of an assessment, new by themselves while the page is mounted and somebody signed in. `load` gets those on show, of the same
 * assessment.
 */
export function useLive<Value>(
  assessment: Assessment['id'],
  load: (shown: Value | null) => Promise<Value>,
): UseLive<Value> {
  const figures = useSignal<LiveFigures<Value>>(NOTHING_YET);
  const running = useRef<Pick<UseLive<Value>, 'askNow' | 'take'> | null>(null);
  const shown = useRef(assessment);
  const signedIn = useAdmin().session.value.state === 'signed-in';

  useEffect(() => {
    // After a new sign-in what is on show stays until the new has come.
    const before = shown.current === assessment ? figures.peek().latest : null;
    shown.current = assessment;
    figures.value = { ...NOTHING_YET, latest: before };
    if (!signedIn) return undefined;
    let isCurrent = true;
    const live = startLive(
      async () => load(figures.peek().latest?.value ?? null),
      (next) =>
        afterPress(() => {
          if (isCurrent) figures.value = { ...next, latest: next.latest ?? before };
        }),
      { ...pageEffects, openStream: (listener) => openStream(assessment, listener) },
    );
    running.current = live;
    return () => {
      isCurrent = false;
      live.stop();
    };
  }, [assessment, signedIn]);

  return {
    figures,
    askNow: () => running.current?.askNow(),
    take: (value) => running.current?.take(value),
  };
}
