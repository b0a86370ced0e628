import type { Channel } from '../contract/channel.ts';
import type { Item, RespondentField } from '../instruments/instrument.ts';
import type { Draft } from './draft.ts';

/** One screen of a questionnaire. */
export type Step =
  | { kind: 'notice' }
  | { kind: 'item'; item: Item }
  | { kind: 'field'; field: RespondentField }
  | { kind: 'review' };

export type Question = Extract<Step, { kind: 'item' | 'field' }>;

/** A step's name within its questionnaire: the code of what it asks, else its kind. */
export function stepName(step: Step): string {
  if (step.kind === 'item') return step.item.code;
  if (step.kind === 'field') return step.field.code;
  return step.kind;
}

/** A field is asked unless the channel answers it, or it has no departments to choose from. */
function isAsked(channel: Channel, field: RespondentField): boolean {
  if (field.fromChannel && channel[field.fromChannel] !== null) return false;
  return field.options !== 'departments' || channel.departments.length > 0;
}

/** The questions of a channel, in the order they are asked. */
export function questionsOf(channel: Channel): readonly Question[] {
  const { fields, items } = channel.instrument;
  const asked = (when: RespondentField['asked']): Question[] =>
    fields
      .filter((field) => field.asked === when && isAsked(channel, field))
      .map((field) => ({ kind: 'field', field }));
  return [
    ...asked('before-items'),
    ...items.map((item): Question => ({ kind: 'item', item })),
    ...asked('after-items'),
  ];
}

/** Every screen of a channel: notice, questions, review. */
export function stepsOf(channel: Channel): readonly Step[] {
  return [{ kind: 'notice' }, ...questionsOf(channel), { kind: 'review' }];
}

/** What the draft says at the question: an option, null for "would rather not say", undefined if nothing yet. */
export function chosenAt(question: Question, draft: Draft): number | null | undefined {
  return question.kind === 'item'
    ? draft.answers[question.item.code]
    : draft.respondent[question.field.code];
}

/** The questions that nothing was chosen for. */
export function unanswered(questions: readonly Question[], draft: Draft): readonly Question[] {
  return questions.filter((question) => chosenAt(question, draft) === undefined);
}

/** True once any question was answered, by the person and not by the channel. */
export function isBegun(channel: Channel, draft: Draft): boolean {
  const questions = questionsOf(channel);
  return unanswered(questions, draft).length < questions.length;
}
