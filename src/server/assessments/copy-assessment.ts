import type { Assessment } from '#core/contract/assessment.ts';
import { DRAFT_LIFE } from '#core/contract/life.ts';
import type { StoredChannel } from '../storage/storage.ts';

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
