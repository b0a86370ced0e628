import { readFileSync } from 'node:fs';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import type { Channel } from '#core/contract/channel.ts';
import { answerField, answerItem, emptyDraft, type Draft } from '#core/flow/draft.ts';
import { questionsOf, type Question } from '#core/flow/steps.ts';
import { instrumentSchema } from '#core/instruments/instrument.ts';

function readInstrument(id: string) {
  const file = new URL(`../../../src/core/instruments/${id}.json`, import.meta.url);
  return instrumentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const DEPARTMENTS = [
  { number: 1, name: { th: 'ฝ่ายโยธา', en: 'Public works' } },
  { number: 6, name: { th: 'ฝ่ายทะเบียน', en: 'Registration' } },
];

/** A channel of an instrument that ships with the product; what it fixes is given in `own`. */
export function channelOf(
  instrument: 'iit-2567' | 'eit-2567',
  own: Partial<Channel> = {},
): Channel {
  return {
    code: makeChannelCode(() => 3),
    state: 'open',
    upcoming: null,
    organization: { th: 'สำนักงานเขตตัวอย่าง', en: 'Example District Office' },
    fiscalYear: 2568,
    instrument: readInstrument(instrument),
    department: null,
    service: null,
    departments: DEPARTMENTS,
    admission: 'open',
    seal: null,
    ...own,
  };
}

/** The draft with the question answered. */
export function answer(channel: Channel, draft: Draft, question: Question, option: number): Draft {
  return question.kind === 'item'
    ? answerItem(draft, question.item.code, option)
    : answerField(draft, channel, question.field.code, option);
}

/** Every question answered with the same option. */
export function completedDraft(channel: Channel, option = 1): Draft {
  return questionsOf(channel).reduce(
    (draft, question) => answer(channel, draft, question, option),
    emptyDraft(channel),
  );
}
