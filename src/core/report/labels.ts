import type { Assessment } from '../contract/assessment.ts';
import type { Level } from '../contract/card.ts';
import { nameIn } from '../contract/localized-name.ts';
import type { Instrument, Item, RespondentField } from '../instruments/instrument.ts';
import type { ReportWords } from './report-words.ts';

export const instrumentTitle = (words: ReportWords, instrument: Instrument): string =>
  words.instrument(instrument.id)?.title ?? instrument.id;

/** The item's code and what it is about. */
export const itemTitle = (words: ReportWords, instrument: Instrument, item: Item): string =>
  cardItemTitle(words, instrument.id, item.code);

/** The name of a level. Those of before 2566 are letters, in every language. */
export function levelTitle({ t }: ReportWords, level: Level | null): string {
  if (level === null) return t('card.noLevel');
  return /^[A-F]+$/.test(level) ? level : t(`levels.${level}`);
}

/** An indicator's number and name. `instrument`: the id of a questionnaire or of an OIT; null = of none. */
export function indicatorTitle(
  words: ReportWords,
  instrument: string | null,
  indicator: number,
): string {
  const known =
    instrument === null ? undefined : (words.instrument(instrument) ?? words.oit(instrument));
  return `${words.digits(String(indicator))} ${known?.indicators[indicator] ?? ''}`.trim();
}

/** The code of an item of a questionnaire or of an OIT, and what it is about. */
export function cardItemTitle(words: ReportWords, instrument: string | null, code: string): string {
  if (instrument === null) return code;
  const short =
    words.instrument(instrument)?.items[code]?.short ?? words.oit(instrument)?.items[code];
  return `${code} ${short ?? ''}`.trim();
}

/** An option of an item: in its own words where its wording asks for them, else in those of its scale. */
export function optionTitle(
  words: ReportWords,
  instrument: Instrument,
  item: Item,
  option: number,
): string {
  const known = words.instrument(instrument.id);
  const own = known?.items[item.code]?.options?.[String(option)];
  return own ?? known?.scales[item.scale]?.[String(option)] ?? String(option);
}

export const fieldTitle = (
  words: ReportWords,
  instrument: Instrument,
  field: RespondentField,
): string => words.instrument(instrument.id)?.fields[field.code]?.label ?? field.code;

/** The name of a department; null stands for people who did not say. */
export function departmentTitle(
  words: ReportWords,
  assessment: Assessment,
  number: number | null,
): string {
  if (number === null) return words.t('notSaid');
  const department = assessment.departments.find((known) => known.number === number);
  return department ? nameIn(words.language, department.name) : String(number);
}

/** An option of a respondent field; null stands for people who did not say. */
export function valueTitle(
  words: ReportWords,
  assessment: Assessment,
  instrument: Instrument,
  field: RespondentField,
  value: number | null,
): string {
  if (value === null) return words.t('notSaid');
  if (field.options === 'departments') return departmentTitle(words, assessment, value);
  const options = words.instrument(instrument.id)?.fields[field.code]?.options;
  return options?.[String(value)] ?? String(value);
}

/** Why an instrument has no tables, in a sentence. */
export const silenceText = (
  words: ReportWords,
  silence: 'nobody' | 'few',
  instrument: Instrument,
  threshold: number,
): string =>
  words.t(`silence.${silence}`, { instrument: instrumentTitle(words, instrument), threshold });
