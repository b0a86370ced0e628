import type { Assessment } from '#core/contract/assessment.ts';
import type { Participation } from '#core/contract/participation.ts';
import { OFFICE, talliesIn } from '#core/scoring/counts.ts';
import { wantedResponses } from '#core/contract/wanted-responses.ts';
import { standingOut } from '#core/scoring/standing-out.ts';
import type { StoredChannel } from '../storage/storage.ts';
import type { InstrumentPeople } from './count-responses.ts';

/** The sum of the targets that are set; null if none is. */
function sumOfTargets(targets: readonly (number | null)[]): number | null {
  const set = targets.filter((target) => target !== null);
  return set.length === 0 ? null : set.reduce((sum, target) => sum + target, 0);
}

/** How many answered, against the targets of the departments that are not retired. */
export function participationOf(
  assessment: Assessment,
  channels: readonly StoredChannel[],
  counts: readonly InstrumentPeople[],
  setAside: { quarantined: number; conflicts: number; uncounted: number },
): Participation {
  const numbers = assessment.departments.map(({ number }) => number);
  return {
    instruments: counts.map((counted) => {
      const { instrument, days } = counted;
      const tallies = talliesIn(instrument, counted);
      const { n } = tallies.of(OFFICE);
      const targetOf = (number: number | null) => {
        const department = assessment.departments.find((known) => known.number === number);
        return department?.retired === false ? wantedResponses(department, instrument.id) : null;
      };
      const field = instrument.fields.find(({ options }) => options === 'departments')?.code ?? '';
      const rows = [...numbers, null].map((department) => ({
        department,
        n: tallies.of({ of: 'field', field, option: department }).n,
        target: targetOf(department),
      }));
      return {
        instrument: instrument.id,
        n,
        target: sumOfTargets(rows.map(({ target }) => target)),
        departments: rows,
        days,
        standingOut: [
          ...standingOut(counted.channels.map((own) => ({ code: own.code, day: null, n: own.n }))),
          ...standingOut(
            counted.channels.flatMap((own) => own.days.map((day) => ({ code: own.code, ...day }))),
          ),
        ].flatMap((one) => {
          const channel = channels.find(({ code }) => code === one.code);
          return channel ? [{ ...one, department: channel.department }] : [];
        }),
        channels: counted.channels.flatMap((own) => {
          const channel = channels.find(({ code }) => code === own.code);
          return channel
            ? [
                {
                  code: own.code,
                  department: channel.department,
                  service: channel.service,
                  n: own.n,
                },
              ]
            : [];
        }),
      };
    }),
    ...setAside,
    unreadable: counts.reduce((sum, own) => sum + own.unreadable, 0),
  };
}
