import type { Channel } from '../contract/channel.ts';

/** What a person has answered so far: option numbers by code; null in `respondent` = would rather not say. */
export interface Draft {
  readonly answers: Readonly<Record<string, number>>;
  readonly respondent: Readonly<Record<string, number | null>>;
}

/** The option that the channel gives a field, null where it leaves the field to the person. */
function givenByChannel(channel: Channel, fieldCode: string): number | null {
  const field = channel.instrument.fields.find(({ code }) => code === fieldCode);
  return field?.fromChannel ? channel[field.fromChannel] : null;
}

/** A draft in which the channel's own answers are already there. */
export function emptyDraft(channel: Channel): Draft {
  const given = channel.instrument.fields
    .map(({ code }) => [code, givenByChannel(channel, code)] as const)
    .filter(([, option]) => option !== null);
  return { answers: {}, respondent: Object.fromEntries(given) };
}

/** The draft with one item answered. */
export function answerItem(draft: Draft, code: string, option: number): Draft {
  return { ...draft, answers: { ...draft.answers, [code]: option } };
}

/**
 * The draft with one respondent field answered. Where the new answer changes the wording of an item (E3), the old answer
 * to it is taken out: it answered another question.
 */
export function answerField(
  draft: Draft,
  channel: Channel,
  code: string,
  option: number | null,
): Draft {
  const respondent = { ...draft.respondent, [code]: option };
  if (draft.respondent[code] === option) return { ...draft, respondent };
  const reworded = new Set(
    channel.instrument.items.filter(({ wordedBy }) => wordedBy === code).map((item) => item.code),
  );
  const answers = Object.fromEntries(
    Object.entries(draft.answers).filter(([item]) => !reworded.has(item)),
  );
  return { answers, respondent };
}
