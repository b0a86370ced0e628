import type { Assessment } from '../contract/assessment.ts';
import type { Card } from '../contract/card.ts';
import type { PublishedFigures } from '../contract/figures.ts';
import type { Measure } from '../contract/measures.ts';
import type { Oit } from '../contract/oit.ts';
import type { Participation } from '../contract/participation.ts';
import type { GroupScore, Scores } from '../contract/scores.ts';
import type { Instrument, RespondentField } from '../instruments/instrument.ts';

/** What a report is made from: figures that were judged by suppression before, and nothing else. */
export interface ReportFacts {
  assessment: Assessment;
  /** Those of the assessment, in its order. */
  instruments: readonly Instrument[];
  participation: Participation;
  scores: Scores;
  card: Card;
  oit: Oit;
  /** The published report to compare with, as an admin typed it in; null = none. */
  lastYear: PublishedFigures | null;
  /** What the office does about its results, in any order. */
  measures: readonly Measure[];
  /** ISO, in Thailand. */
  madeOn: string;
}

/** A group without anybody. */
export const NOBODY: GroupScore = {
  state: 'shown',
  n: 0,
  value: { score: null, indicators: [], items: [] },
};

/** The scores of an instrument; undefined where the server has counted none. */
export const scoresOfInstrument = ({ scores }: ReportFacts, { id }: Instrument) =>
  scores.instruments.find(({ instrument }) => instrument === id);

/** Everybody who answered the instrument. */
export const officeOf = (facts: ReportFacts, instrument: Instrument): GroupScore =>
  scoresOfInstrument(facts, instrument)?.office ?? NOBODY;

/** How many chose which language. */
export const languagesOf = (facts: ReportFacts, instrument: Instrument) =>
  scoresOfInstrument(facts, instrument)?.languages ?? [];

/** The groups of people by what they said in a respondent field; null = would rather not say. */
export function groupsBy(
  facts: ReportFacts,
  instrument: Instrument,
  field: RespondentField,
): readonly { option: number | null; group: GroupScore }[] {
  const found = scoresOfInstrument(facts, instrument)?.fields.find(
    (known) => known.field === field.code,
  );
  // That nobody refused to say is no news; that nobody chose an option is.
  return (found?.values ?? []).filter(({ option, group }) => option !== null || !isNobody(group));
}

/** True of a group that may be told of and has nobody in it. */
export const isNobody = (group: GroupScore): boolean => group.state === 'shown' && group.n === 0;

/**
 * Why an instrument has no tables; null where it has some. nobody: no response; few: fewer people than the threshold, so
 * that nothing of what they said is told.
 */
export function silenceOf(facts: ReportFacts, instrument: Instrument): 'nobody' | 'few' | null {
  const office = officeOf(facts, instrument);
  if (office.state === 'hidden') return 'few';
  return office.n === 0 ? 'nobody' : null;
}

/** How many answered an instrument; undefined where the server has counted none. */
export const participationIn = ({ participation }: ReportFacts, { id }: Instrument) =>
  participation.instruments.find(({ instrument }) => instrument === id);
