import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCounts } from '#core/scoring/counts.ts';
import { CountingUnderway } from '#server/counting/counting-underway.ts';
import { createCounting } from '#server/counting/counting.ts';
import type { InstrumentCounts } from '#server/counting/instrument-counts.ts';
import { createJudge, type Question } from '#server/counting/judge.ts';
import { createJudging } from '#server/counting/judging.ts';
import type { DatabaseToRead } from '#server/storage/open-to-read.ts';
import { DamagedDatabase, StorageUnavailable } from '#server/storage/storage-error.ts';
import { sqliteTidying } from '#server/tidying/tidy-sqlite.ts';
import { anyResponse, fillSums } from '../../bench/preview/fill.ts';
import { diceOf } from '../../chaos/dice.ts';
import { EIT, INSTRUMENTS } from '../support/fixtures.ts';
import { judgeHere } from '../support/judge-stored.ts';
import { createTestServer } from '../support/test-server.ts';

const QUESTION: Question = {
  assessment: 'of the office',
  instruments: [EIT],
  departments: [1, 2, 3],
  threshold: 5,
};

/** What 200 people of all kinds make. */
function fewCounts(): InstrumentCounts[] {
  const dice = diceOf('judging');
  const counts = createCounts(EIT);
  for (let person = 0; person < 200; person += 1) counts.add(anyResponse(dice, 'unlike'));
  const { tallies } = counts.counts();
  const lines = counts.combinationTexts().map(({ text, n }) => `${n} ${text}`);
  const combinations = { kinds: lines.length, texts: [lines.join('\n')] };
  return [{ instrument: EIT, tallies, combinations }];
}

/** A thread that does as the assessment's name says, and else tells how many it was asked as the threshold. */
const OBEDIENT = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let asked = 0;
    parentPort.on('message', ({ number, question: { assessment } }) => {
      asked += 1;
      if (assessment === 'end') process.exit(1);
      if (assessment === 'break') throw new Error('broken');
      if (assessment === 'hang') return;
      const scores = { threshold: asked, instruments: [], departments: [] };
      parentPort.postMessage({ number, state: 'judged', scores });
    });
  `)}`,
);

const SENT_AWAY = { status: 'rejected', reason: expect.any(CountingUnderway) };

/** Of nobody: only who asks the thread's own program needs one. */
const NO_DATABASE: DatabaseToRead = { kind: 'sqlite', file: '/nowhere' };

function office(program?: URL, toRead = NO_DATABASE) {
  const onLost = vi.fn<(error: unknown) => void>();
  const judging = createJudging(toRead, onLost, program);
  onTestFinished(async () => judging.close());
  const asked = async (assessment: string) =>
    (await judging.judge({ ...QUESTION, assessment }, null)).threshold;
  return { judging, onLost, asked };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('only over many people another thread is asked', async () => {
  const { judging, asked } = office(OBEDIENT);
  const few = fewCounts();
  expect(await judging.judge(QUESTION, few)).toEqual(createJudge(1)(QUESTION, few));
  expect(await asked('first')).toBe(1);
});

test.each(['end', 'break'])(
  'where the thread comes to an end (%s), all who wait may ask again, and another begins',
  async (fate) => {
    const { asked, onLost } = office(OBEDIENT);
    expect(await asked('before')).toBe(1);
    const waiting = [asked('hang'), asked(fate), asked('behind it')];
    for (const one of await Promise.allSettled(waiting)) expect(one).toMatchObject(SENT_AWAY);
    expect(onLost).toHaveBeenCalledOnce();
    expect(await asked('after')).toBe(1);
  },
);

test('a thread that never answers is given up', async () => {
  const { asked, onLost } = office(OBEDIENT);
  const hanging = asked('hang');
  await vi.advanceTimersByTimeAsync(100_000);
  // Who asks meanwhile does not put it off.
  const all = [hanging, asked('hang'), vi.advanceTimersByTimeAsync(80_000)];
  const [first, second] = await Promise.allSettled(all);
  expect([first, second]).toMatchObject([SENT_AWAY, SENT_AWAY]);
  expect(onLost).toHaveBeenCalledOnce();
  expect(await asked('after')).toBe(1);
});

test('a thread that nobody asks for a minute ends, and nothing was lost', async () => {
  const { asked, onLost } = office(OBEDIENT);
  expect(await asked('one')).toBe(1);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await asked('two')).toBe(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await asked('three')).toBe(1);
  expect(onLost).not.toHaveBeenCalled();
});

test('who waits while the server closes is sent away', async () => {
  const { judging, asked, onLost } = office(OBEDIENT);
  const [hanging] = await Promise.allSettled([asked('hang'), judging.close()]);
  expect(hanging).toMatchObject(SENT_AWAY);
  expect(onLost).not.toHaveBeenCalled();
});

/** An office with responses of thousands of kinds of people, on a database that a thread can read. */
async function crowdedOffice() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(EIT.id);
  const { id } = assessment;
  const counting = createCounting(INSTRUMENTS);
  const recount = async () => {
    while (!(await server.storage.recount(id, EIT.id, 500, counting)));
  };
  await recount();
  const organization = (await server.storage.organizationOf(id)) ?? '';
  const named = { organization, assessment: id, channel: code };
  await fillSums(server.database, named, { responses: 2_500, crowd: 'unlike' });
  const { databaseFile, database, storage } = server;
  const own = office(undefined, { kind: 'sqlite', file: databaseFile });
  const question = { ...QUESTION, assessment: id };
  return { ...own, storage, database, databaseFile, question };
}

test('another thread reads what is counted by itself, and leaves nothing open: the log can be emptied', async () => {
  const { judging, onLost, question, database, databaseFile } = await crowdedOffice();
  const judged = await judging.judge(question, null);
  expect(judged).toEqual(await judgeHere(database)(question, null));
  expect(await sqliteTidying(database, databaseFile).tidy()).toBe(true);
  expect(onLost).not.toHaveBeenCalled();
});

test('a server that closes while the thread reads can empty the log', async () => {
  const { judging, question, database, databaseFile } = await crowdedOffice();
  const [hanging] = await Promise.allSettled([judging.judge(question, null), judging.close()]);
  expect(hanging).toMatchObject(SENT_AWAY);
  expect(await sqliteTidying(database, databaseFile).tidy()).toBe(true);
});

test('a question that cannot be answered fails alone', async () => {
  const { judging, onLost, question, database } = await crowdedOffice();
  await database
    .updateTable('combinations')
    .set({ combination: '{' })
    .where('combination', '=', (row) =>
      row.selectFrom('combinations').select((own) => own.fn.max('combination').as('one')),
    )
    .execute();
  const failed = judging.judge(question, null);
  const uncounted = judging.judge({ ...question, assessment: 'nobody’s' }, null);
  await expect(failed).rejects.toThrow(SyntaxError);
  expect((await uncounted).instruments).toHaveLength(1);
  expect(onLost).not.toHaveBeenCalled();
});

test('while all is counted anew, and where the database gives nothing, whoever asked may ask again', async () => {
  const { judging, question, database, onLost } = await crowdedOffice();
  await database.updateTable('tally_states').set({ counted_to: 'somewhere' }).execute();
  await expect(judging.judge(question, null)).rejects.toThrow(CountingUnderway);
  expect(onLost).not.toHaveBeenCalled();
  const away = office();
  await expect(away.judging.judge(question, null)).rejects.toThrow(StorageUnavailable);
  expect(away.onLost).not.toHaveBeenCalled();
});

test('a file that is damaged is told as that, also by another thread', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sucharit-judging-')), 'damaged.sqlite');
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, 'no database at all'.repeat(1_000));
  const { judging, onLost } = office(undefined, { kind: 'sqlite', file });
  await expect(judging.judge(QUESTION, null)).rejects.toThrow(DamagedDatabase);
  expect(onLost).not.toHaveBeenCalled();
});
