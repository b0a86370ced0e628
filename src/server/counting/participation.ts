import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import { wantedResponses } from '#core/contract/wanted-responses.ts';
import { standingOut } from '#core/scoring/standing-out.ts';
import type { StoredChannel } from '../storage/storage.ts';
import type { InstrumentCounts } from './count-responses.ts';

/** The sum of the targets that are set; null if none is. */
function sumOfTargets(targets: readonly (number | null)[]): number | null {
  const set = targets.filter((target) => target !== null);
  return set.length === 0 ? null : set.reduce((sum, target) => sum + target, 0);
}

/** How many people of an instrument stand for something, by what `of` says a combination stands for. */
function countBy<Key>(
  { combinations }: InstrumentCounts,
  of: (combination: InstrumentCounts['combinations'][number]) => Key,
): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const combination of combinations) {
    const key = of(combination);
    counts.set(key, (counts.get(key) ?? 0) + combination.tally.n);
  }
  return counts;
}

/** How many answered, against the targets of the departments that are not retired. */
export function participationOf(
  assessment: Assessment,
  channels: readonly StoredChannel[],
  counts: readonly InstrumentCounts[],
  setAside: { quarantined: number; conflicts: number; uncounted: number },
): Participation {
  const numbers = assessment.departments.map(({ number }) => number);
  return {
    instruments: counts.map((counted) => {
      const { instrument, days } = counted;
      const targetOf = (number: number | null) => {
        const department = assessment.departments.find((known) => known.number === number);
        return department?.retired === false ? wantedResponses(department, instrument.id) : null;
      };
      const field = instrument.fields.find(({ options }) => options === 'departments')?.code ?? '';
      const byDepartment = countBy(counted, ({ said }) => {
        const number = said[field] ?? null;
        return number !== null && numbers.includes(number) ? number : null;
      });
      const rows = [...numbers, null].map((department) => ({
        department,
        n: byDepartment.get(department) ?? 0,
        target: targetOf(department),
      }));
      return {
        instrument: instrument.id,
        n: rows.reduce((sum, { n }) => sum + n, 0),
        target: sumOfTargets(rows.map(({ target }) => target)),
        departments: rows,
        days,
        standingOut: [
          ...standingOut(counted.channels.map(({ code, n }) => ({ code, day: null, n }))),
          ...standingOut(
            counted.channels.flatMap((own) => own.days.map((day) => ({ code: own.code, ...day }))),
          ),
        ].flatMap((one) => {
          const channel = channels.find(({ code }) => code === one.code);
          return channel ? [{ ...one, department: channel.department }] : [];
        }),
        channels: counted.channels.flatMap(({ code, n }) => {
          const channel = channels.find((known) => known.code === code);
          return channel
            ? [{ code, department: channel.department, service: channel.service, n }]
            : [];
        }),
      };
    }),
    ...setAside,
  };
}
