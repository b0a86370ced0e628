import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ScreenContent } from '../survey/app.tsx';
import { Header } from '../survey/header.tsx';
import { HiddenScreen } from '../survey/hidden-screen.tsx';
import { SurveyContext, type SurveyTools } from '../survey/survey-context.ts';
import { FinishedScreen } from './finished-screen.tsx';
import { useKiosk, useKioskWords } from './kiosk-context.ts';
import type { Turn } from './kiosk-screen.ts';
import { PrivacyButton, PrivacyScreen } from './privacy-screen.tsx';
import { Question } from './question.tsx';
import { StillThere } from './still-there.tsx';

/** What waits on the tablet is none of a visitor's business: the survey's own screens do not see the outbox. */
const NO_OUTBOX = signal(null);

/** The survey as one person goes through it, with a way to stop and clear it. */
function Answering({ turn: { survey, aside } }: { turn: Turn }) {
  const { kiosk } = useKiosk();
  const t = useKioskWords();
  const [isHidden, setHidden] = useState(false);
  const screen = survey.screen.value;
  if (isHidden) return <HiddenScreen onShow={() => setHidden(false)} />;
  if (screen.kind === 'finished') return <FinishedScreen {...screen} />;
  // Nothing leads there from a turn.
  if (screen.kind === 'waiting') return null;
  const close = () => {
    aside.value = null;
  };
  if (aside.value === 'stop')
    return (
      <Question
        heading={t('turn.sure')}
        no={t('turn.goOn')}
        yes={t('turn.clear')}
        onNo={close}
        onYes={kiosk.end}
      />
    );
  return (
    <>
      <Header screen={screen} onHide={() => setHidden(true)}>
        <button type="button" class="hide-button" onClick={() => (aside.value = 'stop')}>
          {t('turn.end')}
        </button>
      </Header>
      {aside.value === 'privacy' ? (
        <PrivacyScreen onBack={close} />
      ) : (
        <ScreenContent key={screen.kind} screen={screen} />
      )}
    </>
  );
}

/**
 * One turn. While somebody is asked whether they are still there the questions stay where they are, unseen, and the focus
 * finds its way back.
 */
export function TurnScreen({ turn }: { turn: Turn }) {
  const { kiosk, texts, update, openOutbox } = useKiosk();
  const isAsking = kiosk.presence.value.kind === 'asking';
  const before = useRef<Element | null>(null);
  const tools = useMemo(
    (): SurveyTools => ({
      survey: turn.survey,
      texts,
      inApp: null,
      update,
      outbox: NO_OUTBOX,
      openOutbox,
      leave: kiosk.back,
      // Nothing leads away from the tablet: another page would not wipe itself, and may not be there without network.
      privacyWay: <PrivacyButton onOpen={() => (turn.aside.value = 'privacy')} />,
    }),
    [kiosk, turn, texts, update, openOutbox],
  );
  useEffect(() => {
    if (isAsking || !(before.current instanceof HTMLElement)) return;
    before.current.focus({ preventScroll: true });
    before.current = null;
  }, [isAsking]);
  if (isAsking && before.current === null) before.current = document.activeElement;
  return (
    <SurveyContext.Provider value={tools}>
      {isAsking && <StillThere />}
      <div class="turn" hidden={isAsking}>
        <Answering turn={turn} />
      </div>
    </SurveyContext.Provider>
  );
}
