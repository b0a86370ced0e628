import { useEffect, useRef, useState } from 'preact/hooks';
import { chosenAt, stepName, type Question } from '#core/flow/steps.ts';
import { progressAt } from '#core/flow/walk.ts';
import { changeShown } from '../ui/after-paint.ts';
import { ArrivalHeading } from '../ui/arrival-heading.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import type { Answering } from './answering.ts';
import { ChoiceList } from './choice-list.tsx';
import { useQuestionSize } from './fit.ts';
import { NegativeMark } from './marks.tsx';
import { Page } from './page.tsx';
import { useSurvey } from './survey-context.ts';
import { type Choice, choicesOf, fullQuestion, isNegative, shortQuestion } from './words.ts';

/** How long a tapped answer is on show before the next question comes: long enough to be seen, short enough not to wait for. */
const SHOW_CHOICE_MS = 330;

/** Between the two halves of a double tap passes less. */
const DOUBLE_TAP_MS = 500;

/** When an answer was tapped last, on whichever question. */
let tappedAt = -DOUBLE_TAP_MS;

const GRADED_OPTIONS = 6;

/** True where the answers are six steps of one thing. */
export const isGradedQuestion = (question: Question, choices: readonly Choice[]): boolean =>
  question.kind === 'item' && choices.length === GRADED_OPTIONS;

interface QuestionScreenProps {
  answering: Answering;
  question: Question;
}

export function QuestionScreen({ answering, question }: QuestionScreenProps) {
  const { survey, texts } = useSurvey();
  const { t } = texts;
  const { channel, draft } = answering;
  const [isMissing, setMissing] = useState(false);
  const [arrivedAt] = useState(() => performance.now());
  const moveOn = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(moveOn.current), []);

  const words = fullQuestion(t, channel, draft, question);
  const size = useQuestionSize(words);
  const chosen = chosenAt(question, draft);
  const choices = choicesOf(texts, channel, question);

  const next = () => {
    clearTimeout(moveOn.current);
    // What was chosen a moment ago may not be drawn yet: the survey knows.
    survey.next();
  };

  const back = () => {
    clearTimeout(moveOn.current);
    survey.back();
  };

  return (
    <Page
      onSubmit={next}
      actions={
        <>
          {/* Beside what was pressed: the top of a long list may be out of sight. */}
          {isMissing && chosen === undefined && (
            <Banner tone="trouble">{t('question.choose')}</Banner>
          )}
          <Button kind="secondary" onPress={back}>
            {t('question.back')}
          </Button>
          {/* Nobody is told to choose by the second click of a double tap that began on the screen before; not every browser counts it. */}
          <Button
            kind="primary"
            type="submit"
            onPress={({ detail, timeStamp }) =>
              setMissing(detail === 0 || timeStamp - arrivedAt > DOUBLE_TAP_MS)
            }
          >
            {t('question.next')}
          </Button>
        </>
      }
    >
      <div class={isNegative(question) ? 'question question-negative' : 'question'}>
        {isNegative(question) && (
          <p class="negative-label" aria-hidden="true">
            <NegativeMark />
            {t('question.negative')}
          </p>
        )}
        <ArrivalHeading size={size}>
          <span class="visually-hidden">
            {t('question.place', { ...progressAt(channel, answering.step) })}{' '}
            {isNegative(question) && t('question.negative')}{' '}
          </span>
          {words}
        </ArrivalHeading>
      </div>
      <ChoiceList
        label={t('question.answers', { question: shortQuestion(t, channel, question) })}
        name={stepName(question)}
        choices={choices}
        chosen={chosen}
        isGraded={isGradedQuestion(question, choices)}
        onChoose={(option) => changeShown(() => survey.choose(question, option))}
        onTap={(event) => {
          // The second half of a double tap that began on the screen before, on an answer or on "Change", was not meant for this question.
          const { detail, timeStamp } = event;
          const since = timeStamp - (answering.isEditing ? arrivedAt : tappedAt);
          if (moveOn.current === undefined && (detail > 1 || since < DOUBLE_TAP_MS)) {
            event.preventDefault();
            return;
          }
          tappedAt = timeStamp;
          clearTimeout(moveOn.current);
          moveOn.current = setTimeout(survey.next, SHOW_CHOICE_MS);
        }}
      />
    </Page>
  );
}
