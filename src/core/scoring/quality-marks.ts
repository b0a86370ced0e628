import type { Response } from '../contract/response.ts';
import { type InstrumentScores, QUALITY_MARKS, type QualityMark } from '../contract/scores.ts';
import { DISPLAY_FLAGS, type DisplayFlag, DOUBTFUL_FLAGS } from '../display/display-flag.ts';
import type { Instrument } from '../instruments/instrument.ts';

/** A response with how it came, where its channel had a display. */
export interface ArrivedResponse extends Response {
  display?: DisplayFlag | undefined;
}

const isOfDisplay = (mark: QualityMark | 'any'): mark is DisplayFlag =>
  DISPLAY_FLAGS.some((flag) => flag === mark);

/** Whether a mark makes one look twice at a response. */
export const isDoubt = (mark: QualityMark): boolean =>
  !isOfDisplay(mark) || DOUBTFUL_FLAGS.includes(mark);

/** The answer "I have never contacted this office", by instrument: a respondent field and its option. */
const NEVER_CONTACTED: Readonly<Record<string, { field: string; option: number }>> = {
  'eit-2567': { field: 'p1', option: 1 },
};

/** Whether one answer throughout says something: only where some items of a scale ask the contrary of the others. */
function asksContraries({ items, scales }: Instrument): boolean {
  return Object.keys(scales).some(
    (scale) =>
      new Set(items.filter((item) => item.scale === scale).map(({ polarity }) => polarity)).size ===
      2,
  );
}

/** The marks that a response to the instrument can bear. */
export function marksOf(instrument: Instrument): readonly QualityMark[] {
  return QUALITY_MARKS.filter((mark) => {
    if (mark === 'never-contacted') return instrument.id in NEVER_CONTACTED;
    // Displays stand where visitors answer.
    if (isOfDisplay(mark)) return instrument.tool === 'EIT';
    return mark !== 'all-the-same' || asksContraries(instrument);
  });
}

/** Tells of each response to the instrument what it is told apart by. Nothing is left out for it. */
export function responseMarks(
  instrument: Instrument,
): (response: ArrivedResponse) => QualityMark[] {
  const never = NEVER_CONTACTED[instrument.id];
  const marks = marksOf(instrument);
  return (response) =>
    marks.filter((mark) => {
      if (mark === 'never-contacted')
        return never !== undefined && response.respondent[never.field] === never.option;
      return isOfDisplay(mark) ? response.display === mark : response.quality.includes(mark);
    });
}

/** The rows that are worth a line: an office without displays need not read of them. */
export const worthTelling = (quality: InstrumentScores['quality']): InstrumentScores['quality'] =>
  quality.filter(
    ({ mark, marked }) => !isOfDisplay(mark) || marked.state === 'hidden' || marked.n > 0,
  );
