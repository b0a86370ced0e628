import type { Assessment } from '#core/contract/assessment.ts';
import type { StoredChannel } from '../storage/storage.ts';

/** What a channel that is still to be made stands for. */
type Wanted = Pick<StoredChannel, 'instrument' | 'department'>;

const keyOf = ({ instrument, department }: Wanted) => `${instrument}/${department ?? 'office'}`;

/**
 * The channels an assessment lacks: one for each instrument and the whole office, and one for each instrument and
 * department that is not retired. `newCode` makes random codes; one that is taken is for the caller to notice.
 */
export function missingChannels(
  assessment: Assessment,
  existing: readonly StoredChannel[],
  newCode: () => string,
): StoredChannel[] {
  const places = [
    null,
    ...assessment.departments.filter(({ retired }) => !retired).map(({ number }) => number),
  ];
  const known = new Set(existing.map(keyOf));
  return assessment.instruments
    .flatMap((instrument) => places.map((department) => ({ instrument, department })))
    .filter((wanted) => !known.has(keyOf(wanted)))
    .map((wanted) => ({
      ...wanted,
      code: newCode(),
      assessment: assessment.id,
      service: null,
      state: 'open',
    }));
}
