// `npm run bench:preview -- --responses 2500000 --crowd alike --database sqlite`: how long the office waits for its figures; with
// `--city` how long a city of fifty districts does.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { migrateAuth } from '#server/auth/better-auth.ts';
import { createCounting } from '#server/counting/counting.ts';
import { createResults } from '#server/counting/results.ts';
import { createApp } from '#server/http/app.ts';
import { openDatabase } from '#server/storage/open-database.ts';
import { sha256 } from '#server/sha256.ts';
import { diceOf } from '../../chaos/dice.ts';
import { EIT, INSTRUMENTS } from '../../server/support/fixtures.ts';
import { startPostgres } from '../../server/support/postgres-cluster.ts';
import { processOn } from '../../server/support/test-server.ts';
import { measureCity } from './city.ts';
import { anyResponse, benchAssessment, type Crowd, fillSums } from './fill.ts';
import { heldBy } from './held-by.ts';

const LOOKS = 15;
const LOOKS_AFTER_A_REST = 5;
const CHANNEL = 'AAAAAAAA';
/** Nobody has looked for so long. */
const REST_MS = 2_100;
/** So long after a judgement began it reads from the database, where that takes long. */
const READING_MS = 5;

const { values } = parseArgs({
  options: {
    responses: { type: 'string', default: '1000,100000' },
    crowd: { type: 'string', default: 'alike,unlike' },
    database: { type: 'string', default: 'sqlite' },
    city: { type: 'boolean', default: false },
  },
});

const assessment = benchAssessment();

const inMs = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const row = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

function told(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${inMs(sorted[Math.floor(sorted.length / 2)] ?? 0)} / ${inMs(sorted.at(-1) ?? 0)}`;
}

/** Runs it in a process on a database of its own. */
async function withProcess(
  chosen: Parameters<typeof openDatabase>[0],
  routine: (
    process: ReturnType<typeof processOn>,
    opened: Awaited<ReturnType<typeof openDatabase>>,
  ) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sucharit-preview-'));
  const opened = await openDatabase(chosen, folder, {
    newId: randomUUID,
    onLostConnection: () => undefined,
  });
  const { database, dialect } = opened;
  try {
    const own = processOn({ ...opened, clock: { now: Date.now() }, uuid: randomUUID });
    await migrateAuth(own.auth, { database, dialect });
    await routine(own, opened);
  } finally {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

const measure = async (
  chosen: Parameters<typeof openDatabase>[0],
  responses: number,
  crowd: Crowd,
): Promise<void> =>
  withProcess(chosen, async ({ effects }, { database, dialect }) => {
    const { storage, accounts } = effects;
    await storage.createAssessment(assessment, [
      {
        code: CHANNEL,
        assessment: assessment.id,
        instrument: EIT.id,
        department: null,
        service: null,
        state: 'open',
      },
    ]);
    const counting = createCounting(INSTRUMENTS);
    while (!(await storage.recount(assessment.id, EIT.id, 500, counting)));
    const organization = (await storage.organizationOf(assessment.id)) ?? '';
    const { combinations } = await fillSums(
      database,
      { organization, assessment: assessment.id, channel: CHANNEL },
      { responses, crowd },
    );
    const made = await accounts.create('bench', randomUUID(), { role: 'owner', branch: 'all' });
    const cookie = made?.cookies.map((line) => line.split(';')[0]).join('; ') ?? '';
    const results = createResults(effects);
    const app = createApp({ ...effects, addressOf: () => randomUUID() }, results);
    const dice = diceOf('arrivals', responses);

    async function arrive() {
      const ten = Array.from({ length: 10 }, () => {
        const body = canonicalJson(anyResponse(dice, crowd));
        return {
          id: dice.uuid(),
          channel: CHANNEL,
          day: '2024-12-01',
          digest: sha256(body),
          body,
        };
      });
      await storage.keepResponses({ responses: ten, quarantined: [] });
      await storage.foldResponses(500, counting);
    }

    async function timeOf(path: string): Promise<number> {
      const begun = performance.now();
      const reply = await app.request(`/api/v1/assessments/${assessment.id}/${path}`, {
        headers: { cookie },
      });
      await reply.arrayBuffer();
      if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}`);
      return performance.now() - begun;
    }

    /** As the overview asks. */
    const timeOfAll = async () =>
      Math.max(...(await Promise.all(['participation', 'deliveries', 'scores'].map(timeOf))));

    async function timeOfJudging(): Promise<number> {
      const begun = performance.now();
      await results.scores(assessment);
      return performance.now() - begun;
    }

    // As a process does that starts.
    const ahead = await timeOfJudging();
    const first = await timeOfAll();
    const times: Record<
      'participation' | 'deliveries' | 'scores' | 'rested' | 'held' | 'meanwhile' | 'judged',
      number[]
    > = {
      participation: [],
      deliveries: [],
      scores: [],
      rested: [],
      held: [],
      meanwhile: [],
      judged: [],
    };
    for (let look = 0; look < LOOKS; look += 1) {
      await arrive();
      times.participation.push(await timeOf('participation'));
      times.deliveries.push(await timeOf('deliveries'));
      times.scores.push(await timeOf('scores'));
    }
    for (let look = 0; look < LOOKS_AFTER_A_REST; look += 1) {
      await pause(REST_MS);
      await arrive();
      times.rested.push(await timeOfAll());
      const [judged, held] = await heldBy(async () => {
        const judging = timeOfJudging();
        await pause(READING_MS);
        times.meanwhile.push(await timeOfAll());
        return judging;
      });
      times.judged.push(judged);
      times.held.push(held);
    }
    row(
      `${dialect}, ${crowd}`,
      responses.toLocaleString('en'),
      combinations.toLocaleString('en'),
      told(times.participation),
      told(times.deliveries),
      told(times.scores),
      told(times.rested),
      inMs(first),
      told(times.meanwhile),
      told(times.judged),
      inMs(ahead),
      told(times.held),
    );
  });

const measureCityOn = async (
  chosen: Parameters<typeof openDatabase>[0],
  crowd: Crowd,
): Promise<void> =>
  withProcess(chosen, async (process, { dialect }) => {
    const city = await measureCity(process, crowd);
    row(
      `${dialect}, ${crowd}`,
      city.responses.toLocaleString('en'),
      `${inMs(city.firstAnswer)}, ${city.rowsInFirst}`,
      inMs(city.whole),
      inMs(city.heldAtFirst),
      inMs(city.again),
      inMs(city.afterOne),
      inMs(city.held),
    );
  });

const sizes = values.responses.split(',').map(Number);
const crowds = (['alike', 'unlike'] as const).filter((one) =>
  values.crowd.split(',').includes(one),
);

process.stdout.write(
  `\n${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}; ms, median / worst of ${LOOKS}\n\n`,
);
if (values.city) {
  row(
    'fifty districts',
    'responses',
    'first answer, rows in it',
    'all rows',
    'nothing else meanwhile',
    'looked at again',
    'after one response',
    'nothing else meanwhile',
  );
  row('---', ...Array.from({ length: 7 }, () => '---:'));
} else {
  row(
    'database, crowd',
    'responses',
    'kinds of people',
    'how many answered',
    'deliveries',
    'scores',
    'all three after a rest',
    'the first of a process',
    'while judged anew',
    'judging anew',
    'the first judging',
    'nothing else meanwhile',
  );
  row('---', ...Array.from({ length: 11 }, () => '---:'));
}
const measureAll = async (newDatabase: () => Promise<Parameters<typeof openDatabase>[0]>) => {
  for (const size of values.city ? [null] : sizes)
    for (const crowd of crowds)
      await (size === null
        ? measureCityOn(await newDatabase(), crowd)
        : measure(await newDatabase(), size, crowd));
};
const wanted = values.database.split(',');
if (wanted.includes('sqlite')) await measureAll(() => Promise.resolve({ kind: 'sqlite' }));
if (wanted.includes('postgres')) {
  const cluster = await startPostgres();
  try {
    await measureAll(async () => ({ kind: 'postgres', url: await cluster.newDatabase() }));
  } finally {
    await cluster.stop();
  }
}
