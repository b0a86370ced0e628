import type { Channel } from '../contract/channel.ts';
import type { Draft } from './draft.ts';
import { chosenAt, questionsOf, stepName, stepsOf, type Step } from './steps.ts';

/** Where a question stands among all of them: "3 / 12". */
export interface Progress {
  place: number;
  of: number;
}

/** Place 0 on the notice; on the review every question is behind. */
export function progressAt(channel: Channel, step: Step): Progress {
  const names = questionsOf(channel).map(stepName);
  if (step.kind === 'notice') return { place: 0, of: names.length };
  if (step.kind === 'review') return { place: names.length, of: names.length };
  return { place: names.indexOf(stepName(step)) + 1, of: names.length };
}

/**
 * The step of that name, or the first unanswered question before it: nobody gets past a question. A name that is not of
 * this questionnaire (an old history entry) leads to the notice.
 */
export function reachableStep(channel: Channel, draft: Draft, name: string): Step {
  const notice: Step = { kind: 'notice' };
  const steps = stepsOf(channel);
  const index = steps.findIndex((step) => stepName(step) === name);
  if (index < 0) return notice;
  const open = steps
    .slice(0, index)
    .find(
      (step) =>
        (step.kind === 'item' || step.kind === 'field') && chosenAt(step, draft) === undefined,
    );
  return open ?? steps[index] ?? notice;
}

/**
 * The step after this one. A person who came from the review to change an answer goes back to it, by way of what the
 * change opened again (E3 after another kind of service).
 */
export function stepAfter(channel: Channel, draft: Draft, step: Step, isEditing: boolean): Step {
  if (isEditing) return reachableStep(channel, draft, 'review');
  const steps = stepsOf(channel);
  const index = steps.findIndex((other) => stepName(other) === stepName(step));
  return steps[Math.min(index + 1, steps.length - 1)] ?? step;
}

/** The step before this one; the notice is the first. */
export function stepBefore(channel: Channel, step: Step): Step {
  const steps = stepsOf(channel);
  const index = steps.findIndex((other) => stepName(other) === stepName(step));
  return steps[Math.max(index - 1, 0)] ?? step;
}
