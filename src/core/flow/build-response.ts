import type { Channel } from '../contract/channel.ts';
import type { Language } from '../contract/language.ts';
import type { Response } from '../contract/response.ts';
import type { Draft } from './draft.ts';
import { qualityFlags, type ItemTimings } from './quality.ts';
import { questionsOf, stepName, unanswered } from './steps.ts';

/** What the finished questionnaire needs from outside. `day`: the device's local date, ISO. */
export interface Finishing {
  language: Language;
  day: string;
  timings: ItemTimings;
}

/**
 * The response to a completed draft: every item and every field of the instrument, also those the channel answered; a
 * field that was not asked is null. Throws if a question is open: the caller lets nobody get here with one.
 */
export function buildResponse(channel: Channel, draft: Draft, finishing: Finishing): Response {
  const { instrument } = channel;
  const open = unanswered(questionsOf(channel), draft).map(stepName);
  if (open.length > 0) throw new Error(`not answered: ${open.join(', ')}`);
  const answers = Object.fromEntries(
    instrument.items.map(({ code }) => [code, draft.answers[code] as number]),
  );
  const respondent = Object.fromEntries(
    instrument.fields.map(({ code }) => [code, draft.respondent[code] ?? null]),
  );
  return {
    instrument: instrument.id,
    language: finishing.language,
    answers,
    respondent,
    day: finishing.day,
    quality: qualityFlags(instrument, answers, finishing.timings),
  };
}
