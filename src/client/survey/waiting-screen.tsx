import { useEffect, useState } from 'preact/hooks';
import type { Outbox } from '../sync/outbox.ts';
import { LoadingScreen } from './loading-screen.tsx';
import { useSurvey } from './survey-context.ts';
import type { WaitingPage } from './waiting-page.tsx';

interface Loaded {
  Content: typeof WaitingPage;
  outbox: Outbox;
}

/** How long after a failed fetch of the page's code it is tried again. */
const RETRY_MS = 3_000;

/** Fetches the waiting page and opens the outbox, neither of which a respondent needs for answering. */
export function WaitingScreen() {
  const { openOutbox } = useSurvey();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const [{ WaitingPage: Content }, outbox] = await Promise.all([
        import('./sending.ts'),
        openOutbox(),
      ]);
      if (isCurrent) setLoaded({ Content, outbox });
    };
    const insist = () => {
      load().catch(() => {
        if (isCurrent) timer = setTimeout(insist, RETRY_MS);
      });
    };
    insist();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [openOutbox]);
  if (loaded === null) return <LoadingScreen />;
  return <loaded.Content outbox={loaded.outbox} />;
}
