import type { Level } from '../contract/card.ts';

/** The least that a level asks for, in whole points. `everyTool` null: it asks for nothing of the single tools. */
export interface LevelRule {
  level: Level;
  ita: number;
  everyTool: number | null;
}

/** The first fiscal year (B.E.) in which a level also asks for something of every tool. */
const FIRST_YEAR_WITHOUT_LETTERS = 2566;

const RULES: readonly LevelRule[] = [
  { level: 'excellent', ita: 95, everyTool: 95 },
  { level: 'good', ita: 85, everyTool: 85 },
  { level: 'pass', ita: 85, everyTool: null },
  { level: 'improve', ita: 70, everyTool: null },
  { level: 'improve-urgently', ita: 0, everyTool: null },
];

const LETTERS: readonly LevelRule[] = [
  { level: 'AA', ita: 95, everyTool: null },
  { level: 'A', ita: 85, everyTool: null },
  { level: 'B', ita: 75, everyTool: null },
  { level: 'C', ita: 65, everyTool: null },
  { level: 'D', ita: 55, everyTool: null },
  { level: 'E', ita: 50, everyTool: null },
  { level: 'F', ita: 0, everyTool: null },
];

/** The levels of a fiscal year (B.E.), the highest first. The lowest asks for nothing. */
export function levelRules(fiscalYear: number): readonly LevelRule[] {
  return fiscalYear < FIRST_YEAR_WITHOUT_LETTERS ? LETTERS : RULES;
}

/** A told score in hundredths: "96.87" is 9687. */
export const hundredthsOf = (told: string): number => Number(told.replace('.', ''));

const reaches = (told: string, points: number) => hundredthsOf(told) >= points * 100;

/** The level of an ITA and the scores of all its tools, as they are told: it is decided on the rounded values. */
export function levelOf(fiscalYear: number, ita: string, tools: readonly string[]): Level {
  const found = levelRules(fiscalYear).find(
    ({ ita: least, everyTool }) =>
      reaches(ita, least) &&
      (everyTool === null || tools.every((told) => reaches(told, everyTool))),
  );
  if (!found) throw new RangeError('the lowest level asks for nothing');
  return found.level;
}
