import type { CardBasis } from '#core/contract/card.ts';
import {
  type EnteredFigures,
  enteredFiguresSchema,
  type PublishedFigures,
} from '#core/contract/figures.ts';
import { readDecimal, toTwoDecimals } from '#core/scoring/fraction.ts';
import { weightsIn } from '#core/scoring/ita.ts';
import { hundredthsOf } from '#core/scoring/level.ts';
import { itaOf } from '#core/scoring/rating.ts';
import { readFigure } from '#core/scoring/read-figures.ts';
import { readNumber } from '../assessment/draft-form.ts';

// The entered figures as they are typed: every value is text by its key, and nothing is refused until it is asked for.

const TOOLS = ['IIT', 'EIT', 'OIT'] as const;
const INDICATORS = 10;
const MIN_YEAR = 2550;
const MAX_YEAR = 2650;

/** `scores`: of the report, by 'ITA', tool, number of the indicator, or code of the item. Empty = not known. */
export interface FiguresForm {
  eitPart2: string;
  fiscalYear: string;
  scores: Readonly<Record<string, string>>;
}

export interface FigureProblem {
  /** The id of its input. */
  field: string;
  code: 'figure-invalid' | 'year-invalid';
}

export type ReadFiguresForm =
  | { state: 'valid'; entered: EnteredFigures }
  | { state: 'invalid'; problems: FigureProblem[] };

export const PART_2_FIELD = 'eit-part-2';
export const YEAR_FIELD = 'figures-year';
export const scoreField = (key: string) => `figure-${key}`;

/** The keys of a report in their groups; those of items that only the report has come last. */
export function keysOf(basis: CardBasis, form: FiguresForm) {
  const items = basis.tools.map(({ tool, instrument, items: own }) => ({
    tool,
    instrument,
    codes: own.map(({ code }) => code),
  }));
  const known = new Set(items.flatMap(({ codes }) => codes));
  const others = Object.keys(form.scores).filter(
    (key) => /^[A-Z]\d{1,2}$/.test(key) && !known.has(key),
  );
  const indicators = Array.from({ length: INDICATORS }, (_, index) => String(index + 1));
  return { tools: TOOLS, indicators, items, others };
}

const scoresOf = ({ ita, tools, indicators, items }: PublishedFigures): Record<string, string> => ({
  ...(ita !== null && { ITA: ita }),
  ...Object.fromEntries(
    TOOLS.flatMap((tool) => {
      const score = tools[tool];
      return score === null ? [] : [[tool, score] as const];
    }),
  ),
  ...indicators,
  ...items,
});

/** The form of stored figures. Where there is no report yet, the year before the assessment's is offered. */
export function figuresForm(
  { eitPart2, lastYear }: EnteredFigures,
  fiscalYear: number,
): FiguresForm {
  return {
    eitPart2: eitPart2 ?? '',
    fiscalYear: String(lastYear?.fiscalYear ?? fiscalYear - 1),
    scores: lastYear ? scoresOf(lastYear) : {},
  };
}

/** The form with the figures of a file in the place of its report. */
export function withReport(form: FiguresForm, figures: PublishedFigures): FiguresForm {
  return { ...form, fiscalYear: String(figures.fiscalYear), scores: scoresOf(figures) };
}

const isEmpty = (typed: string | undefined) => (typed ?? '').trim() === '';

/** 0 where it is no number. */
const yearIn = ({ fiscalYear }: FiguresForm) => readNumber(fiscalYear) ?? 0;

const isWrong = (typed: string) => !isEmpty(typed) && readFigure(typed) === null;

function problemsOf(form: FiguresForm): FigureProblem[] {
  const problems: FigureProblem[] = isWrong(form.eitPart2)
    ? [{ field: PART_2_FIELD, code: 'figure-invalid' }]
    : [];
  const year = yearIn(form);
  if (hasReport(form) && (year < MIN_YEAR || year > MAX_YEAR))
    problems.push({ field: YEAR_FIELD, code: 'year-invalid' });
  for (const [key, typed] of Object.entries(form.scores))
    if (isWrong(typed)) problems.push({ field: scoreField(key), code: 'figure-invalid' });
  return problems;
}

/** True if any figure of a report is typed. */
export const hasReport = (form: FiguresForm): boolean =>
  Object.values(form.scores).some((typed) => !isEmpty(typed));

function readReport(form: FiguresForm): PublishedFigures | null {
  if (!hasReport(form)) return null;
  const read = Object.entries(form.scores).flatMap(([key, typed]) => {
    const score = readFigure(typed);
    return score === null ? [] : [[key, score] as const];
  });
  const scores = new Map(read);
  const only = (pattern: RegExp) => Object.fromEntries(read.filter(([key]) => pattern.test(key)));
  return {
    fiscalYear: yearIn(form),
    ita: scores.get('ITA') ?? null,
    tools: {
      IIT: scores.get('IIT') ?? null,
      EIT: scores.get('EIT') ?? null,
      OIT: scores.get('OIT') ?? null,
    },
    indicators: only(/^\d+$/),
    items: only(/^[A-Z]\d{1,2}$/),
  };
}

/** The form as the server takes it, or everything that is wrong with it, in the order of the page. */
export function readFiguresForm(form: FiguresForm): ReadFiguresForm {
  const problems = problemsOf(form);
  if (problems.length > 0) return { state: 'invalid', problems };
  const entered = enteredFiguresSchema.parse({
    eitPart2: readFigure(form.eitPart2),
    lastYear: readReport(form),
  });
  return { state: 'valid', entered };
}

/**
 * The ITA that the typed tools give by the weights of the typed year, where it is another than the one that was typed: a
 * slip of a finger. A hundredth more or less is the rounding of the tools. Null = nothing to say, as of a year whose
 * weights are not known.
 */
export function otherIta(form: FiguresForm): string | null {
  const typed = readFigure(form.scores['ITA'] ?? '');
  const weights = weightsIn(yearIn(form));
  if (typed === null || weights === null) return null;
  const tools = TOOLS.flatMap((tool) => {
    const score = readFigure(form.scores[tool] ?? '');
    return score === null
      ? []
      : [{ weight: readDecimal(weights[tool]), score: readDecimal(score) }];
  });
  if (tools.length < TOOLS.length) return null;
  const expected = toTwoDecimals(itaOf(tools));
  return Math.abs(hundredthsOf(expected) - hundredthsOf(typed)) > 1 ? expected : null;
}

/** A table to fill in: one line for each figure, with what is typed already. Opens in a spreadsheet. */
export function figuresTable(basis: CardBasis, form: FiguresForm): string {
  const { tools, indicators, items, others } = keysOf(basis, form);
  const keys = ['ITA', ...tools, ...indicators, ...items.flatMap(({ codes }) => codes), ...others];
  const lines = keys.map((key) => `${key},${readFigure(form.scores[key] ?? '') ?? ''}`);
  return `\uFEFF${[`fiscalYear,${form.fiscalYear}`, ...lines].join('\r\n')}\r\n`;
}
