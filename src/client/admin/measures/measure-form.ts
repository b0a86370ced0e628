import {
  MAX_ACTION_CHARACTERS,
  MAX_LONG_TEXT_CHARACTERS,
  MAX_RESPONSIBLE_CHARACTERS,
  measureSchema,
  type Measure,
  type MeasureSubject,
} from '#core/contract/measures.ts';

/** A measure as it is typed. Empty = none; `about` as subjectKey() writes it. */
export type MeasureForm = Readonly<
  Omit<Measure, 'id' | 'about' | 'from' | 'until'> & { about: string; from: string; until: string }
>;

type MeasureFieldName = keyof MeasureForm;

/** What is wrong in one field. */
export interface MeasureProblem {
  field: MeasureFieldName;
  code: 'action-missing' | 'too-long' | 'day-invalid' | 'ends-before';
}

export type ReadMeasure =
  | { state: 'valid'; measure: Measure }
  | { state: 'invalid'; problems: MeasureProblem[] };

/** The id of an input. */
export const measureField = (id: string, field: MeasureFieldName): string =>
  `measure-${id}-${field}`;

/** What a measure is about as one word: `I3`, `indicator-4`, or nothing at all. */
export function subjectKey(about: MeasureSubject): string {
  if (about.type === 'item') return about.item;
  return about.type === 'indicator' ? `indicator-${about.indicator}` : '';
}

/** Reads subjectKey() back. */
export function subjectOf(key: string): MeasureSubject {
  if (key === '') return { type: 'nothing' };
  const [, indicator] = /^indicator-(\d+)$/.exec(key) ?? [];
  return indicator === undefined
    ? { type: 'item', item: key }
    : { type: 'indicator', indicator: Number(indicator) };
}

/** `about`: as subjectKey() writes it. */
export const emptyForm = (about: string): MeasureForm => ({
  about,
  action: '',
  steps: '',
  responsible: '',
  from: '',
  until: '',
  followUp: '',
  state: 'planned',
  result: '',
});

export const formOf = ({ id: _id, about, from, until, ...texts }: Measure): MeasureForm => ({
  ...texts,
  about: subjectKey(about),
  from: from ?? '',
  until: until ?? '',
});

const MOST_CHARACTERS = [
  ['action', MAX_ACTION_CHARACTERS],
  ['steps', MAX_LONG_TEXT_CHARACTERS],
  ['responsible', MAX_RESPONSIBLE_CHARACTERS],
  ['followUp', MAX_LONG_TEXT_CHARACTERS],
  ['result', MAX_LONG_TEXT_CHARACTERS],
] as const;

/** The fields from top to bottom. */
const ORDER: readonly MeasureFieldName[] = [
  'about',
  'action',
  'steps',
  'responsible',
  'from',
  'until',
  'followUp',
  'state',
  'result',
];

/** The form as the server takes it, or all that is wrong with it, in the order of the fields. */
export function readMeasure(id: string, form: MeasureForm): ReadMeasure {
  const problems: MeasureProblem[] = [];
  if (form.action.trim() === '') problems.push({ field: 'action', code: 'action-missing' });
  for (const [field, most] of MOST_CHARACTERS)
    if (form[field].trim().length > most) problems.push({ field, code: 'too-long' });
  for (const field of ['from', 'until'] as const)
    if (!measureSchema.shape[field].safeParse(form[field] || null).success)
      problems.push({ field, code: 'day-invalid' });
  if (form.from !== '' && form.until !== '' && form.until < form.from)
    problems.push({ field: 'until', code: 'ends-before' });
  if (problems.length > 0)
    return {
      state: 'invalid',
      problems: problems.sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field)),
    };
  const measure = {
    ...form,
    id,
    about: subjectOf(form.about),
    from: form.from || null,
    until: form.until || null,
  };
  return { state: 'valid', measure: measureSchema.parse(measure) };
}

/** True if the form is another than that one. */
export const isChanged = (before: MeasureForm, form: MeasureForm): boolean =>
  ORDER.some((field) => before[field] !== form[field]);
