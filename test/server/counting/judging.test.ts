import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCounts } from '#core/scoring/counts.ts';
import { combinationText } from '#core/scoring/combinations.ts';
import { CountingUnderway } from '#server/counting/count-responses.ts';
import { createJudge, type Question } from '#server/counting/judge.ts';
import { createJudging } from '#server/counting/judging.ts';
import { anyResponse } from '../../bench/preview/fill.ts';
import { diceOf } from '../../chaos/dice.ts';
import { EIT } from '../support/fixtures.ts';

/** What so many people of all kinds make one ask. */
function questionOf(people: number, assessment = 'of the office'): Question {
  const dice = diceOf('judging', people);
  const counts = createCounts(EIT);
  for (let person = 0; person < people; person += 1) counts.add(anyResponse(dice, 'unlike'));
  const { tallies, combinations } = counts.counts();
  const lines = combinations.map(({ said, language, marks, n }) => {
    const text = combinationText({
      said: EIT.fields.map(({ code }) => said[code] ?? null),
      language,
      marks,
    });
    return `${n} ${text}`;
  });
  const texts = [lines.slice(0, 700).join('\n'), lines.slice(700).join('\n')].filter(Boolean);
  return {
    assessment,
    counts: [{ instrument: EIT, tallies, combinations: { kinds: lines.length, texts } }],
    departments: [1, 2, 3],
    threshold: 5,
  };
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

const MANY = questionOf(3_000);
const FEW = questionOf(200);

function office(program?: URL) {
  const onLost = vi.fn<(error: unknown) => void>();
  const judging = createJudging(onLost, program);
  onTestFinished(async () => judging.close());
  const asked = async (assessment: string) =>
    (await judging.judge({ ...MANY, assessment })).threshold;
  return { judging, onLost, asked };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('another thread judges over many people as this one does', async () => {
  const { judging, onLost } = office();
  const judge = createJudge(1);
  expect(await judging.judge(MANY)).toEqual(judge(MANY));
  expect(await judging.judge(FEW)).toEqual(judge(FEW));
  expect(onLost).not.toHaveBeenCalled();
});

test('only over many people another thread is asked', async () => {
  const { judging, asked } = office(OBEDIENT);
  expect(await judging.judge(FEW)).toEqual(createJudge(1)(FEW));
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
  const [hanging] = await Promise.allSettled([asked('hang'), vi.advanceTimersByTimeAsync(180_000)]);
  expect(hanging).toMatchObject(SENT_AWAY);
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

test('a question that cannot be answered fails alone', async () => {
  const { judging, onLost } = office();
  const [counts] = MANY.counts;
  if (!counts) throw new Error('no counts');
  const wrong = { ...counts, combinations: { kinds: 3_000, texts: ['1 {'] } };
  const [failed, judged] = await Promise.allSettled([
    judging.judge({ ...MANY, assessment: 'another', counts: [wrong] }),
    judging.judge(MANY),
  ]);
  expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'SyntaxError' } });
  expect(judged.status).toBe('fulfilled');
  expect(onLost).not.toHaveBeenCalled();
});
