import type { Channel } from '../contract/channel.ts';
import { answerField, answerItem, emptyDraft, type Draft } from './draft.ts';
import { questionsOf, stepName, unanswered } from './steps.ts';

/** What was chosen in a form that has every question at once. */
export interface FormAnswers {
  draft: Draft;
  /** Codes of the questions that nothing was chosen for. */
  missing: readonly string[];
  /** Names in the form that are no question of the channel. */
  foreign: readonly string[];
}

/** `chosen`: an option's number by the question's code; '' = would rather not say, which is an answer to a field alone. */
export function draftFromForm(
  channel: Channel,
  chosen: Readonly<Record<string, string>>,
): FormAnswers {
  const questions = questionsOf(channel);
  const given = new Map(Object.entries(chosen));
  // Fields first: an answer to one takes those out that it words anew.
  const ordered = [...questions].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  let draft = emptyDraft(channel);
  for (const question of ordered) {
    const option = given.get(stepName(question));
    if (option === undefined) continue;
    if (question.kind === 'field')
      draft = answerField(draft, channel, question.field.code, option ? Number(option) : null);
    else if (option) draft = answerItem(draft, question.item.code, Number(option));
  }
  const names = new Set(questions.map(stepName));
  return {
    draft,
    missing: unanswered(questions, draft).map(stepName),
    foreign: Object.keys(chosen).filter((name) => !names.has(name)),
  };
}
