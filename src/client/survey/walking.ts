import type { Channel } from '#core/contract/channel.ts';
import { stepName, type Question, type Step } from '#core/flow/steps.ts';
import { reachableStep, stepAfter, stepBefore } from '#core/flow/walk.ts';
import { atStep, isOpen, isStale, withAnswer, type Answering } from './answering.ts';
import type { SurveyEffects } from './survey-effects.ts';

/** What a person does between the notice and Send: one step after the other, each an entry of the browser's history. */
export interface Walking {
  choose: (question: Question, option: number | null) => void;
  next: () => void;
  back: () => void;
  /** Changes one answer, from the review. */
  edit: (question: Question) => void;
}

interface WalkingParts {
  effects: Pick<SurveyEffects, 'history' | 'now'>;
  /** Who may answer now; null where nobody may. */
  answeringNow: () => Answering | null;
  show: (answering: Answering) => void;
  save: (answering: Answering) => void;
  refresh: (channel: Channel) => Promise<void>;
}

export function createWalking(parts: WalkingParts): Walking {
  const { effects, answeringNow, show, save, refresh } = parts;
  const { history } = effects;

  const moveTo = (answering: Answering, step: Step, isEditing: boolean) => {
    const moved = atStep(answering, step, isEditing, effects.now());
    show(moved);
    save(moved);
  };

  history.onArrive((entry) => {
    const answering = answeringNow();
    if (!answering) return;
    const step = reachableStep(answering.channel, answering.draft, entry.step);
    moveTo(answering, step, entry.reviewDepth !== null);
  });

  return {
    choose(question, option) {
      const answering = answeringNow();
      if (!answering) return;
      const answered = withAnswer(answering, question, option);
      show(answered);
      save(answered);
    },
    next() {
      const answering = answeringNow();
      if (!answering) return;
      const { channel, draft, step, isEditing } = answering;
      if (step.kind === 'review' || isOpen(answering)) return;
      if (step.kind === 'notice' && isStale(answering, effects.now())) void refresh(channel);
      const following = stepAfter(channel, draft, step, isEditing);
      const { depth, reviewDepth } = history.current();
      if (following.kind === 'review' && reviewDepth !== null) history.back(depth - reviewDepth);
      else {
        history.push({ step: stepName(following), depth: depth + 1, reviewDepth });
        moveTo(answering, following, isEditing);
      }
    },
    back() {
      const answering = answeringNow();
      if (!answering || answering.step.kind === 'notice') return;
      const { depth } = history.current();
      if (depth > 0) history.back(1);
      // The page was opened on a later entry (a restored tab): there is no entry of ours to go back to.
      else moveTo(answering, stepBefore(answering.channel, answering.step), false);
    },
    edit(question) {
      const answering = answeringNow();
      if (!answering) return;
      const { depth } = history.current();
      const step = stepName(question);
      history.push({ step, depth: depth + 1, reviewDepth: depth });
      moveTo(answering, question, true);
    },
  };
}
