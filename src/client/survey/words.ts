import type { Channel } from '#core/contract/channel.ts';
import { nameIn } from '#core/contract/localized-name.ts';
import type { Draft } from '#core/flow/draft.ts';
import { chosenAt, type Question } from '#core/flow/steps.ts';
import { wordingOf } from '#core/flow/wording.ts';
import type { Item, RespondentField } from '#core/instruments/instrument.ts';
import type { Texts, Translate } from '../i18n/texts.ts';

/** One answer that can be chosen; `option` null = would rather not say. */
export interface Choice {
  option: number | null;
  label: string;
}

function itemChoices(t: Translate, { id, scales }: Channel['instrument'], item: Item): Choice[] {
  const points = scales[item.scale]?.points ?? [];
  return points.map((_, index) => {
    const option = index + 1;
    const own = `${id}:items.${item.code}.options.${option}`;
    return { option, label: t([own, `${id}:scales.${item.scale}.${option}`]) };
  });
}

function fieldChoices(
  { t, language }: Texts,
  channel: Channel,
  field: RespondentField,
): readonly Choice[] {
  if (field.options === 'departments')
    return channel.departments.map(({ number, name }) => ({
      option: number,
      label: nameIn(language.value, name),
    }));
  const key = `${channel.instrument.id}:fields.${field.code}.options`;
  return Array.from({ length: field.options }, (_, index) => ({
    option: index + 1,
    label: t(`${key}.${index + 1}`),
  }));
}

/** The answers offered at a question, "would rather not say" last at whatever is asked about oneself. */
export function choicesOf(texts: Texts, channel: Channel, question: Question): readonly Choice[] {
  if (question.kind === 'item') return itemChoices(texts.t, channel.instrument, question.item);
  return [
    ...fieldChoices(texts, channel, question.field),
    { option: null, label: texts.t('question.preferNotToSay') },
  ];
}

/** The question as it is asked: an item in its full official wording, the one that fits the kind of service. */
export function fullQuestion(t: Translate, channel: Channel, draft: Draft, question: Question) {
  const { id } = channel.instrument;
  if (question.kind === 'field') return t(`${id}:fields.${question.field.code}.label`);
  const { code } = question.item;
  const wording = wordingOf(question.item, draft);
  const general = `${id}:items.${code}.full`;
  if (wording.kind === 'general') return t(general);
  return t([`${id}:items.${code}.by.${wording.field}.${wording.option}`, general]);
}

/** The question in a few words, for the review and for the group of answers. */
export function shortQuestion(t: Translate, channel: Channel, question: Question): string {
  const { id } = channel.instrument;
  return question.kind === 'field'
    ? t(`${id}:fields.${question.field.code}.label`)
    : t(`${id}:items.${question.item.code}.short`);
}

/** The label of what was chosen; null while nothing is. */
export function chosenLabel(
  texts: Texts,
  channel: Channel,
  draft: Draft,
  question: Question,
): string | null {
  const chosen = chosenAt(question, draft);
  const choice = choicesOf(texts, channel, question).find(({ option }) => option === chosen);
  return choice?.label ?? null;
}

/** True where the item asks about something that should not happen. */
export const isNegative = (question: Question): boolean =>
  question.kind === 'item' && question.item.polarity === 'negative';
