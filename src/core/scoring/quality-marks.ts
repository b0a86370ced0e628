import type { Response } from '../contract/response.ts';
import { QUALITY_MARKS, type QualityMark } from '../contract/scores.ts';
import type { Instrument } from '../instruments/instrument.ts';

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
    return mark !== 'all-the-same' || asksContraries(instrument);
  });
}

/** What makes one look twice at a response. Nothing is left out for it. */
export function marksOfResponse(instrument: Instrument, response: Response): QualityMark[] {
  const never = NEVER_CONTACTED[instrument.id];
  return marksOf(instrument).filter((mark) =>
    mark === 'never-contacted'
      ? never !== undefined && response.respondent[never.field] === never.option
      : response.quality.includes(mark),
  );
}
