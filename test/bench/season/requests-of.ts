import type { Channel } from '#core/contract/channel.ts';
import type { Envelope } from '#core/contract/envelope.ts';
import type { Dice } from '../../chaos/dice.ts';
import { eit, iit } from '../../core/instruments/known-instruments.ts';
import { envelopeMaker } from '../load/envelopes.ts';
import { batchRequest } from '../load/requests.ts';
import type { Agency } from './agencies.ts';

const INSTRUMENTS = new Map([eit, iit].map((instrument) => [instrument.id, instrument]));

/** The n-th largest agency has so many people for one of the largest: 1 divided by the square root of n. */
function pickerOf(count: number, dice: Dice): () => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let place = 0; place < count; place += 1) sums[place] = sum += 1 / Math.sqrt(place + 1);
  return function pick() {
    const wanted = dice.random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Makes requests of finished responses, each to a channel that chance picks, byte for byte as they travel. */
export function requestMaker(
  agencies: readonly Agency[],
  { day, dice }: { day: string; dice: Dice },
): (size: number) => Buffer {
  const pick = pickerOf(agencies.length, dice);
  const makers = new Map<string, () => Envelope>();
  let requests = 0;

  function makerFor({ seal, departments, channels }: Agency): () => Envelope {
    const { code, instrument: id, department } = dice.pick(channels);
    const known = makers.get(code);
    if (known) return known;
    const instrument = INSTRUMENTS.get(id);
    if (!instrument) throw new Error(`no instrument ${id}`);
    const channel: Pick<Channel, 'code' | 'instrument' | 'department' | 'departments' | 'seal'> = {
      code,
      instrument,
      department,
      departments: departments.map((number) => ({ number, name: { th: String(number) } })),
      seal,
    };
    const maker = envelopeMaker(channel, day);
    makers.set(code, maker);
    return maker;
  }

  return function makeRequest(size) {
    const agency = agencies[pick()];
    if (!agency) throw new Error('nobody is asked');
    requests += 1;
    return batchRequest(Array.from({ length: size }, makerFor(agency)), requests);
  };
}
