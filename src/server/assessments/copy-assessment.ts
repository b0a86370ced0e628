import type { Assessment } from '#core/contract/assessment.ts';
import { DRAFT_LIFE } from '#core/contract/life.ts';
import type { Measure } from '#core/contract/measures.ts';
import { emptyEntry } from '#core/contract/oit.ts';
import { isUnfinished } from '#core/measures/progress.ts';
import type { StoredChannel, StoredChecklist } from '../storage/storage.ts';

/**
 * An assessment of another year with the same settings, as a draft without dates. Departments keep their numbers, so that
 * years can be compared; those that were retired stay behind.
 */
export function copyOf(original: Assessment, id: string, fiscalYear: number): Assessment {
  const departments = original.departments.filter(({ retired }) => !retired);
  return { ...original, id, fiscalYear, departments, life: DRAFT_LIFE, deletedOn: null };
}

/** The channels of a copy with what an admin set at those of the original; the codes are the copy's own. */
export function withSettingsOf(
  originals: readonly StoredChannel[],
  channels: readonly StoredChannel[],
): StoredChannel[] {
  return channels.map((channel) => {
    const original = originals.find(
      ({ instrument, department }) =>
        instrument === channel.instrument && department === channel.department,
    );
    return original ? { ...channel, service: original.service, state: original.state } : channel;
  });
}

/** The checklist of a copy: where things are and who sees to them. What was done and judged is to be done anew. */
export function checklistToBegin(original: StoredChecklist | null): StoredChecklist | null {
  if (!original) return null;
  const entries = original.entries.map(({ item, urls, responsible }) => ({
    ...emptyEntry(item),
    urls,
    responsible,
  }));
  return { ...original, entries };
}

/**
 * The measures of a copy: what to do, who sees to it and how it is followed up, to be planned anew. Days are left out, as
 * nobody has decided on any of the new year. What was done comes along where it is to be repeated; what was dropped stays
 * behind.
 */
export function measuresToBegin(originals: readonly Measure[], repeatDone: boolean): Measure[] {
  return originals
    .filter((measure) => isUnfinished(measure) || (repeatDone && measure.state === 'done'))
    .map((measure) => ({ ...measure, state: 'planned', from: null, until: null, result: '' }));
}
