import type { Assessment } from '../contract/assessment.ts';
import { nameIn } from '../contract/localized-name.ts';
import type { Instrument, Item, RespondentField } from '../instruments/instrument.ts';
import type { ReportWords } from './report-words.ts';

export const instrumentTitle = (words: ReportWords, instrument: Instrument): string =>
  words.instrument(instrument.id)?.title ?? instrument.id;

/** The item's code and what it is about. */
export function itemTitle(words: ReportWords, instrument: Instrument, item: Item): string {
  const short = words.instrument(instrument.id)?.items[item.code]?.short;
  return short === undefined ? item.code : `${item.code} ${short}`;
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
