import { useEffect, useState } from 'preact/hooks';
import { stepName } from '#core/flow/steps.ts';
import { Button } from '../ui/button.tsx';
import type { Answering } from './answering.ts';
import { closedWords } from './closed-words.ts';
import { EnterCodeScreen } from './enter-code-screen.tsx';
import { FinishedScreen } from './finished-screen.tsx';
import { Header } from './header.tsx';
import { HiddenScreen } from './hidden-screen.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { MessageScreen } from './message-screen.tsx';
import { Asker, NoticeScreen } from './notice-screen.tsx';
import { OwnCodeScreen } from './own-code-screen.tsx';
import { QuestionScreen } from './question-screen.tsx';
import { ReviewScreen } from './review-screen.tsx';
import type { Screen } from './screen.ts';
import { useSurvey } from './survey-context.ts';
import { UpdateBanner } from './update-banner.tsx';
import { WaitingScreen } from './waiting-screen.tsx';

function AnsweringScreen({ answering }: { answering: Answering }) {
  const { step, channel } = answering;
  if (step.kind === 'notice') return <NoticeScreen channel={channel} />;
  if (step.kind === 'review') return <ReviewScreen answering={answering} />;
  return <QuestionScreen key={stepName(step)} answering={answering} question={step} />;
}

/** What the counter's tablet shows as the survey does; it has thanks of its own, and no page of what waits. */
type SharedScreen = Exclude<Screen, { kind: 'finished' | 'waiting' }>;

export function ScreenContent({ screen }: { screen: SharedScreen }) {
  const { survey, texts } = useSurvey();
  const { t } = texts;
  const typeAnother = (
    <Button kind="secondary" onPress={survey.askCode}>
      {t('code.typeAnother')}
    </Button>
  );
  switch (screen.kind) {
    case 'loading':
      return <LoadingScreen />;
    case 'enter-code':
      return <EnterCodeScreen {...screen} />;
    case 'unreachable':
      return (
        <MessageScreen
          heading={t('unreachable.heading')}
          text={t('unreachable.text')}
          actions={
            <>
              {typeAnother}
              <Button kind="primary" onPress={() => void survey.openCode(screen.code)}>
                {t('unreachable.retry')}
              </Button>
            </>
          }
        />
      );
    case 'problem':
      return (
        <MessageScreen
          heading={t('problem.heading')}
          text={t(`problems:${screen.problem}`)}
          actions={typeAnother}
        />
      );
    case 'closed':
      return (
        <MessageScreen
          above={<Asker channel={screen.channel} />}
          {...closedWords(texts, screen.channel)}
          actions={typeAnother}
        />
      );
    case 'resume':
      return (
        <MessageScreen
          above={<Asker channel={screen.channel} />}
          heading={t('resume.heading')}
          text={t('resume.text')}
          actions={
            <>
              <Button kind="secondary" onPress={survey.startAnew}>
                {t('resume.anew')}
              </Button>
              <Button kind="primary" onPress={survey.resume}>
                {t('resume.continue')}
              </Button>
            </>
          }
        />
      );
    case 'own-code':
      return <OwnCodeScreen {...screen} />;
    case 'answering':
      return <AnsweringScreen answering={screen.answering} />;
    case 'not-here':
      return (
        <MessageScreen
          heading={t('notHere.heading')}
          text={t('notHere.text')}
          actions={
            <>
              <a class="button button-secondary" href={screen.path}>
                {t('notHere.back')}
              </a>
              <Button kind="primary" onPress={() => location.reload()}>
                {t('notHere.retry')}
              </Button>
            </>
          }
        />
      );
    default:
      return screen satisfies never;
  }
}

function OwnContent({ screen }: { screen: Screen }) {
  if (screen.kind === 'finished') return <FinishedScreen {...screen} />;
  if (screen.kind === 'waiting') return <WaitingScreen />;
  // Another kind of screen arrives anew.
  return <ScreenContent key={screen.kind} screen={screen} />;
}

export function App() {
  const { survey, texts, update } = useSurvey();
  const [isHidden, setHidden] = useState(false);
  const screen = survey.screen.value;
  const language = texts.language.value;
  const title = texts.t('title');
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = isHidden ? '\u2026' : title;
  }, [language, title, isHidden]);
  if (isHidden) return <HiddenScreen onShow={() => setHidden(false)} />;
  return (
    <>
      <Header screen={screen} onHide={() => setHidden(true)} />
      <UpdateBanner update={update} screen={screen} t={texts.t} />
      <OwnContent screen={screen} />
    </>
  );
}
