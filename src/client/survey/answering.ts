import type { Admission } from '#core/contract/admission.ts';
import type { Channel } from '#core/contract/channel.ts';
import { isStaffCode } from '#core/contract/staff-code.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import { answerField, answerItem, emptyDraft, type Draft } from '#core/flow/draft.ts';
import type { ItemTimings } from '#core/flow/quality.ts';
import { chosenAt, stepName, type Question, type Step } from '#core/flow/steps.ts';

/** Where the finished response stands before the outbox has it. */
export type Sending = { kind: 'not-yet' } | { kind: 'keeping' } | { kind: 'not-kept' };

/** One person answering one questionnaire. */
export interface Answering {
  /**
   * Of the response to be. It comes back with the draft where a browser that was killed brings the tab back as it was before
   * Send, so that no second response is made of it.
   */
  readonly id: string;
  readonly channel: Channel;
  /** What the person came in by; null where the channel was simply open. */
  readonly admission: Admission | null;
  readonly draft: Draft;
  readonly step: Step;
  /** True while one answer is changed on the way from the review and back to it. */
  readonly isEditing: boolean;
  /** The name of the question that was left last, where it was changed from the review; null where not. */
  readonly changed: string | null;
  readonly timings: ItemTimings;
  /** When the step came on the screen, milliseconds since the epoch; never leaves the device. */
  readonly shownAt: number;
  readonly sending: Sending;
  /** Sealed at the first Send and kept for the next try, so that an uncertain one cannot make two responses. */
  readonly sealed: Envelope | null;
}

/** What the field begins with in which a code of one's own is asked for; null where none is, or a good one came. */
export function codeToAskFor(channel: Channel, admission: Admission | null): string | null {
  const code = admission?.by === 'code' ? admission.code : '';
  return channel.admission === 'code' && !isStaffCode(code) ? code : null;
}

export function beginAnswering(
  channel: Channel,
  admission: Admission | null,
  now: number,
  id = '',
): Answering {
  return {
    id,
    channel,
    admission,
    draft: emptyDraft(channel),
    step: { kind: 'notice' },
    isEditing: false,
    changed: null,
    timings: {},
    shownAt: now,
    sending: { kind: 'not-yet' },
    sealed: null,
  };
}

/** The same person with the question answered; `option` null = would rather not say (fields only). */
export function withAnswer(
  answering: Answering,
  question: Question,
  option: number | null,
): Answering {
  const { draft, channel } = answering;
  if (question.kind === 'field')
    return {
      ...answering,
      draft: answerField(draft, channel, question.field.code, option),
      sealed: null,
    };
  if (option === null) throw new Error('an item has no "would rather not say"');
  return { ...answering, draft: answerItem(draft, question.item.code, option), sealed: null };
}

/** The same person at another step; the time spent on the item that is left is added up. */
export function atStep(
  answering: Answering,
  step: Step,
  isEditing: boolean,
  now: number,
): Answering {
  const left = answering.step;
  const name = stepName(left);
  const spent = (answering.timings[name] ?? 0) + Math.max(0, now - answering.shownAt);
  const timings =
    left.kind === 'item' ? { ...answering.timings, [name]: spent } : answering.timings;
  const changed = answering.isEditing ? name : null;
  const sending = { kind: 'not-yet' } as const;
  return { ...answering, step, isEditing, changed, timings, shownAt: now, sending };
}

/** True at a question that nothing was chosen for yet. */
export const isOpen = ({ step, draft }: Answering) =>
  (step.kind === 'item' || step.kind === 'field') && chosenAt(step, draft) === undefined;

/** What a notice says that stood on the screen for longer is asked for again: the office may have closed the channel. */
const STALE_NOTICE_MS = 10 * 60 * 1000;

export const isStale = ({ shownAt }: Answering, now: number) => now - shownAt > STALE_NOTICE_MS;
