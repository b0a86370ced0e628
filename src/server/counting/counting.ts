import type { Instrument } from '#core/instruments/instrument.ts';
import type { ArrivedResponse } from '#core/scoring/quality-marks.ts';
import { countingBasis, createCounts } from '#core/scoring/counts.ts';
import type { Counting } from '../storage/counting.ts';
import type { CountedResponses, TalliedInstrument } from '../storage/tally-rows.ts';
import { sha256 } from '../sha256.ts';
import { readBody } from './read-body.ts';

/** Counts the responses to one instrument of an assessment. */
function beginOne(tallied: TalliedInstrument, instrument: Instrument) {
  const counts = createCounts(instrument);
  let unreadable = 0;
  return {
    add: (response: ArrivedResponse) => counts.add(response),
    noteUnreadable() {
      unreadable += 1;
    },
    counted(): CountedResponses['instruments'][number] {
      return {
        ...tallied,
        tallies: counts.tallies(),
        combinations: counts.combinationTexts().map(({ text, n }) => ({ combination: text, n })),
        unreadable,
      };
    },
  };
}

/** Counts what storage hands over by the instruments of this build. */
export function createCounting(instruments: ReadonlyMap<string, Instrument>): Counting {
  const bases = new Map(
    [...instruments].map(([id, known]) => [id, sha256(countingBasis(known)).slice(0, 16)]),
  );
  return {
    bases,
    basisOf: (instrument) => bases.get(instrument) ?? null,
    begin() {
      const begun = new Map<string, ReturnType<typeof beginOne>>();
      const days = new Map<string, { n: number } & CountedResponses['days'][number]>();
      return {
        add({ organization, assessment, instrument: id, channel, day, body, display }) {
          const key = `${assessment} ${id}`;
          let own = begun.get(key);
          if (!own) {
            const instrument = instruments.get(id);
            if (!instrument) throw new Error('a response without its instrument');
            own = beginOne({ organization, assessment, instrument: id }, instrument);
            begun.set(key, own);
          }
          const response = readBody(body);
          if (!response) {
            own.noteUnreadable();
            return;
          }
          own.add({ ...response, ...(display && { display }) });
          const known = days.get(`${channel} ${day}`);
          const ofDay = known ?? { organization, assessment, channel, day, n: 0 };
          ofDay.n += 1;
          days.set(`${channel} ${day}`, ofDay);
        },
        counted: () => ({
          instruments: [...begun.values()].map((own) => own.counted()),
          days: [...days.values()],
        }),
      };
    },
  };
}
