import { join } from 'node:path';
import type { Assessment } from '#core/contract/assessment.ts';
import type { Language } from '#core/contract/language.ts';
import type { Measure } from '#core/contract/measures.ts';
import type { Response } from '#core/contract/response.ts';
import type { Report, ReportCell, ReportTable } from '#core/contract/report.ts';
import { makeReport } from '#core/report/make-report.ts';
import { NO_FIGURES, type PublishedFigures } from '#core/contract/figures.ts';
import { cardOf } from '#core/scoring/card.ts';
import { cardBasisOf } from '#core/scoring/card-basis.ts';
import { createCounts } from '#core/scoring/counts.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { oitOf } from '#server/assessments/read-oit.ts';
import { participationOf } from '#server/counting/participation.ts';
import { readReportWords } from '#server/export/report-words.ts';
import { OIT_INSTRUMENTS } from '../../server/support/fixtures.ts';
import { eit, iit } from '../instruments/known-instruments.ts';

const instruments = [iit, eit];

const wordsFor = readReportWords(join(import.meta.dirname, '../../../locales'), {
  instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
  oitInstruments: OIT_INSTRUMENTS,
});

/** Nothing is known of it but what a test says. */
interface Known {
  language?: Language;
  /** What the office gives itself, by item. */
  points?: Readonly<Record<string, 0 | 100>>;
  /** The pages on which an item is, by item. */
  urls?: Readonly<Record<string, string[]>>;
  eitPart2?: string;
  lastYear?: PublishedFigures;
  measures?: readonly Measure[];
}

/** Everything that is told of what these people answered, as the server makes it: scores, card, participation and report. */
export function toldOf(
  assessment: Assessment,
  responses: readonly Response[],
  { language = 'th', points = {}, urls = {}, eitPart2, lastYear, measures = [] }: Known = {},
) {
  const counted = instruments.map((instrument) => {
    const counting = createCounts(instrument);
    const own = responses.filter((response) => response.instrument === instrument.id);
    for (const response of own) counting.add(response);
    return {
      instrument,
      counts: counting.counts(),
      tallies: counting.counts().tallies,
      channels: [],
      days: [],
      unreadable: 0,
    };
  });
  const numbers = assessment.departments.map(({ number }) => number);
  const scores = scoresOf(counted, numbers, assessment.suppressionThreshold);
  const blank = oitOf(OIT_INSTRUMENTS, assessment, null);
  const entries = blank.checklist.entries.map((entry) => ({
    ...entry,
    points: points[entry.item] ?? null,
    urls: urls[entry.item] ?? [],
  }));
  const oit = { ...blank, checklist: { ...blank.checklist, entries } };
  const entered = { ...NO_FIGURES, eitPart2: eitPart2 ?? null };
  const { fiscalYear } = assessment;
  const basis = cardBasisOf({ fiscalYear, instruments, scores, oit, entered });
  const card = cardOf(basis);
  const participation = participationOf(assessment, [], counted, {
    quarantined: 0,
    conflicts: 0,
    uncounted: 0,
  });
  const report = makeReport(
    {
      assessment,
      instruments,
      card,
      oit,
      lastYear: lastYear ?? null,
      measures,
      participation,
      scores,
      madeOn: '2026-11-21',
    },
    wordsFor(language),
  );
  return { scores, basis, card, participation, report };
}

/** The report of what these people answered, as the server makes it. */
export const reportOf = (...told: Parameters<typeof toldOf>): Report => toldOf(...told).report;

/** The table of that id. Throws where there is none. */
export function tableOf(report: Report, id: string): ReportTable {
  const found = report.sections
    .flatMap(({ tables }) => tables)
    .find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the report has no table ${id}`);
  return found;
}

/** What a cell says, for a comparison: its figure, its words, or that it is hidden. */
export function said(cell: ReportCell | undefined): string | number | null {
  if (cell === undefined) return null;
  if (cell.type === 'text') return cell.text;
  if (cell.type === 'day') return cell.day;
  return cell.type === 'hidden' ? `hidden: ${cell.reason}` : cell.value;
}

/** One column of a table from top to bottom. */
export const columnOf = ({ rows }: ReportTable, column: number): (string | number | null)[] =>
  rows.map((row) => said(row[column]));
