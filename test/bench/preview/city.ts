// How long a city waits for its districts beside each other: responses are stored and folded as those that devices send.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { rollUpSchema } from '#core/contract/roll-up.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createApp } from '#server/http/app.ts';
import { sha256 } from '#server/sha256.ts';
import type { Storage } from '#server/storage/storage.ts';
import { type Dice, diceOf } from '../../chaos/dice.ts';
import { EIT, INSTRUMENTS } from '../../server/support/fixtures.ts';
import type { processOn } from '../../server/support/test-server.ts';
import { anyResponse, benchAssessment, type Crowd } from './fill.ts';
import { heldBy } from './held-by.ts';

const DISTRICTS = 50;
const FEWEST = 500;
const MOST = 2_000;
const AT_ONCE = 500;

/** As the page asks for what was still being counted. */
const AGAIN_MS = 500;

/** A district of the city, and the code of its one channel. */
interface District {
  code: string;
  assessment: string;
}

async function addDistrict(storage: Storage, number: number): Promise<District> {
  const assessment = {
    ...benchAssessment(),
    id: randomUUID(),
    organization: { th: `เขต ${number}` },
  };
  const code = `AAAA${String(number).padStart(4, '0')}`.replaceAll('0', 'Z').replaceAll('1', 'Y');
  await storage.createAssessment(assessment, [
    {
      code,
      assessment: assessment.id,
      instrument: EIT.id,
      department: null,
      service: null,
      state: 'open',
    },
  ]);
  return { code, assessment: assessment.id };
}

function rowsOf(dice: Dice, crowd: Crowd, { code }: District, count: number) {
  return Array.from({ length: count }, () => {
    const body = canonicalJson(anyResponse(dice, crowd));
    return { id: dice.uuid(), channel: code, day: '2024-12-01', digest: sha256(body), body };
  });
}

/** All in milliseconds. `held`: the longest that nothing else could be done meanwhile. */
export interface CityTimes {
  responses: number;
  firstAnswer: number;
  /** Of the districts, in the first answer. */
  rowsInFirst: number;
  whole: number;
  heldAtFirst: number;
  again: number;
  afterOne: number;
  held: number;
}

/** On an empty database with its tables; the looks are those of somebody who may see everything. */
export async function measureCity(
  { effects }: Pick<ReturnType<typeof processOn>, 'effects'>,
  crowd: Crowd,
): Promise<CityTimes> {
  const { storage, accounts } = effects;
  const counting = createCounting(INSTRUMENTS);
  const dice = diceOf('city', crowd);
  const districts: District[] = [];
  let responses = 0;
  async function keep(district: District, count: number) {
    const toKeep = { responses: rowsOf(dice, crowd, district, count), quarantined: [] };
    await storage.keepResponses(toKeep);
    while ((await storage.foldResponses(AT_ONCE, counting)) > 0);
    responses += count;
  }
  for (let number = 1; number <= DISTRICTS; number += 1) {
    const district = await addDistrict(storage, number);
    districts.push(district);
    while (!(await storage.recount(district.assessment, EIT.id, AT_ONCE, counting)));
    for (let left = dice.between(FEWEST, MOST); left > 0; left -= AT_ONCE)
      await keep(district, Math.min(left, AT_ONCE));
  }
  const made = await accounts.create('bench', randomUUID(), { role: 'owner', branch: 'all' });
  const cookie = made?.cookies.map((line) => line.split(';')[0]).join('; ') ?? '';
  const app = createApp({ ...effects, addressOf: () => randomUUID() });

  /** How many districts are told of, and how long that took. */
  async function look(): Promise<{ told: number; took: number }> {
    const begun = performance.now();
    const reply = await app.request('/api/v1/roll-up', { headers: { cookie } });
    const { rows } = rollUpSchema.parse(await reply.json());
    return { told: rows.filter((row) => !row.isCounting).length, took: performance.now() - begun };
  }

  const [first, heldAtFirst] = await heldBy(async () => {
    const begun = performance.now();
    const { told, took } = await look();
    let now = told;
    while (now < DISTRICTS) {
      await pause(AGAIN_MS);
      now = (await look()).told;
    }
    return { rowsInFirst: told, firstAnswer: took, whole: performance.now() - begun };
  });
  const [rest, held] = await heldBy(async () => {
    const again = (await look()).took;
    const [one] = districts;
    if (one) await keep(one, 1);
    return { again, afterOne: (await look()).took };
  });
  return { responses, ...first, heldAtFirst, ...rest, held };
}
