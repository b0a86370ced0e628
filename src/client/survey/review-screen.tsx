import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { questionsOf, stepName, type Question } from '#core/flow/steps.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import type { Answering } from './answering.ts';
import { NegativeMark } from './marks.tsx';
import { Page } from './page.tsx';
import { useSurvey } from './survey-context.ts';
import { chosenLabel, isNegative, shortQuestion } from './words.ts';

/** A press that comes sooner was meant for "Next" on the last question, which stood where Send is now. */
const UNINTENDED_PRESS_MS = 500;

interface PartProps {
  heading: string;
  answering: Answering;
  questions: readonly Question[];
}

function Part({ heading, answering, questions }: PartProps) {
  const { survey, texts } = useSurvey();
  const { t } = texts;
  const { channel, draft } = answering;
  if (questions.length === 0) return null;
  return (
    <section class="review-part">
      <h2>{heading}</h2>
      <ul class="review-list">
        {questions.map((question) => {
          const name = stepName(question);
          const short = shortQuestion(t, channel, question);
          return (
            <li key={name} id={name} class="review-row">
              <div class="review-words">
                <p class="review-question">
                  {isNegative(question) && <NegativeMark />}
                  {short}
                </p>
                <p class="review-answer">{chosenLabel(texts, channel, draft, question)}</p>
              </div>
              <Button
                kind="quiet"
                label={t('review.editThis', { question: short })}
                onPress={() => survey.edit(question)}
              >
                {t('review.edit')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** True for a moment after the screen has come. */
function useHasJustCome(): boolean {
  const [hasJustCome, setJustCome] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setJustCome(false), UNINTENDED_PRESS_MS);
    return () => clearTimeout(timer);
  }, []);
  return hasJustCome;
}

/** Every answer once more, each a tap away from being changed, and Send. */
export function ReviewScreen({ answering }: { answering: Answering }) {
  const { survey, texts } = useSurvey();
  const { t } = texts;
  const { channel, sending } = answering;
  const questions = questionsOf(channel);
  const isKeeping = sending.kind === 'keeping';
  const hasJustCome = useHasJustCome();
  // Whoever changed an answer goes on where they left, not at the top.
  useLayoutEffect(() => {
    const { changed } = answering;
    if (changed !== null)
      document.getElementById(changed)?.querySelector<HTMLElement>('button')?.focus();
  }, []);
  return (
    <Page
      actions={
        <>
          {/* Here, since Send is in reach from everywhere on this long page, and its end is not in sight. */}
          {sending.kind === 'not-kept' && <Banner tone="trouble">{t('review.notKept')}</Banner>}
          <Button kind="secondary" isBusy={isKeeping} onPress={survey.back}>
            {t('question.back')}
          </Button>
          <Button
            kind="primary"
            isBusy={isKeeping || hasJustCome}
            onPress={() => void survey.send()}
          >
            {isKeeping ? t('review.keeping') : t('review.send')}
          </Button>
        </>
      }
    >
      <ArrivalHeading>{t('review.heading')}</ArrivalHeading>
      <p>{t('review.intro')}</p>
      <Part
        heading={t('review.opinions')}
        answering={answering}
        questions={questions.filter(({ kind }) => kind === 'item')}
      />
      <Part
        heading={t('review.about')}
        answering={answering}
        questions={questions.filter(({ kind }) => kind === 'field')}
      />
    </Page>
  );
}
