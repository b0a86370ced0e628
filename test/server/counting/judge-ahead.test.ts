import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { createCounting } from '#server/counting/counting.ts';
import { judgeAhead } from '#server/counting/judge-ahead.ts';
import type { Judging } from '#server/counting/judging.ts';
import { createResults } from '#server/counting/results.ts';
import { MOST_WHOLES } from '#server/counting/wholes.ts';
import { unlikePeople } from '../support/crowd.ts';
import { DRAFT, EIT, envelope, INSTRUMENTS } from '../support/fixtures.ts';
import { judgeHere } from '../support/judge-stored.ts';
import { keepSums } from '../support/keep-sums.ts';
import { createTestServer } from '../support/test-server.ts';
import { PATIENCE } from '../../support/patience.ts';

const COUNTING = createCounting(INSTRUMENTS);
const TEN_MINUTES_MS = 10 * 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Offices of so many people each, and server processes that begin to work on them. */
async function offices(...sizes: number[]) {
  const server = await createTestServer();
  const { storage, createAssessment, resultsOf, clock } = server;
  let sent = 0;
  async function arrive(code: string, count: number) {
    const crowd = unlikePeople(count).map((answers) => envelope((sent += 1), code, answers));
    for (let done = 0; done < count; done += 100) await resultsOf(crowd.slice(done, done + 100));
  }
  const made: { assessment: Assessment; code: string }[] = [];
  for (const [place, size] of sizes.entries()) {
    const { assessment, channels } = await createAssessment({
      ...DRAFT,
      organization: { th: `สำนักงาน ${place + 1}` },
    });
    const code = channels.find(({ instrument }) => instrument === EIT.id)?.code ?? '';
    await arrive(code, size);
    await keepSums(storage, assessment);
    made.push({ assessment, code });
  }

  function startProcess() {
    const judged: string[] = [];
    const judgeNow = judgeHere(server.database);
    const judge: Judging['judge'] = async (question, few) => {
      judged.push(question.assessment);
      return judgeNow(question, few);
    };
    const results = createResults({
      storage,
      instruments: INSTRUMENTS,
      judging: { judge },
      standing: { epoch: 'one' },
      now: () => clock.now,
    });
    const ahead = judgeAhead({ storage, counting: COUNTING, results });
    onTestFinished(async () => ahead.end());
    return { judged, results, ahead };
  }

  return { ...server, offices: made, arrive, startProcess };
}

test('a process that starts judges large crowds before anybody looks, those of most people first', async () => {
  const { offices: made, startProcess } = await offices(310, 5, 400);
  const { judged, results } = startProcess();
  await vi.waitUntil(() => judged.length === 2, PATIENCE);
  const [large, , largest] = made.map(({ assessment }) => assessment);
  if (!large || !largest) throw new Error('no offices');
  expect(judged).toEqual([largest.id, large.id]);
  await vi.waitUntil(() => results.recentRevision(large) !== '', PATIENCE);
  for (const assessment of [large, largest])
    expect(await results.recentScores(assessment)).toMatchObject({ isLatest: true });
  expect(judged).toHaveLength(2);
});

test('a crowd that has grown by a tenth is judged again, and one that has not is left alone', async () => {
  const { offices: made, arrive, startProcess, storage } = await offices(310, 320);
  const { judged, results } = startProcess();
  const [growing, resting] = made;
  if (!growing || !resting) throw new Error('no offices');
  await vi.waitUntil(() => results.recentRevision(growing.assessment) !== '', PATIENCE);
  judged.length = 0;
  await arrive(resting.code, 20);
  await arrive(growing.code, 40);
  await storage.foldResponses(100, COUNTING);
  await vi.advanceTimersByTimeAsync(TEN_MINUTES_MS);
  await vi.waitUntil(() => judged.length > 0, PATIENCE);
  expect(judged).toEqual([growing.assessment.id]);
});

test('what nobody looks at any more is not judged ahead', async () => {
  const { offices: made, storage, startProcess } = await offices(310, 310, 310);
  const [deleted, archived, used] = made.map(({ assessment }) => assessment);
  if (!deleted || !archived || !used) throw new Error('no offices');
  await storage.updateAssessment(deleted, { ...deleted, deletedOn: '2024-11-20' }, []);
  const life = { ...archived.life, state: 'archived' as const };
  await storage.updateAssessment(archived, { ...archived, life }, []);
  const { judged, ahead } = startProcess();
  await vi.waitUntil(() => judged.length > 0, PATIENCE);
  await ahead.end();
  expect(judged).toEqual([used.id]);
});

test('a look at all the small offices, as a roll-up takes, leaves what is ready of the large ones', async () => {
  const small = Array.from({ length: MOST_WHOLES }, () => 0);
  const { offices: made, startProcess } = await offices(310, ...small);
  const { results } = startProcess();
  const [large, ...others] = made.map(({ assessment }) => assessment);
  if (!large) throw new Error('no office');
  await vi.waitUntil(() => results.isReady(large, 310), PATIENCE);
  for (const other of others) await results.scores(other);
  expect(results.isReady(large, 310)).toBe(true);
});
