import { expect, test } from 'vitest';
import { cardReplySchema } from '#core/contract/card.ts';
import { type EnteredFigures, enteredFiguresSchema, NO_FIGURES } from '#core/contract/figures.ts';
import { figuresTag } from '#core/contract/figures-tag.ts';
import { oitSchema } from '#core/contract/oit.ts';
import { EIT, envelope, IIT, response } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** Best answers everywhere: the option that is worth 100. */
const best = (instrument: typeof IIT) =>
  Object.fromEntries(
    instrument.items.map(({ code, scale, polarity }) => {
      const most = scale === 'yesno' ? 1 : 6;
      const least = scale === 'yesno' ? 2 : 1;
      return [code, polarity === 'positive' ? most : least];
    }),
  );

async function office() {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const path = `/api/v1/assessments/${assessment.id}`;
  const codeOf = (instrument: string) =>
    channels.find((one) => one.instrument === instrument && one.department === null)?.code ?? '';
  async function answer(instrument: typeof IIT, from: number, to: number) {
    const answers = best(instrument);
    for (let id = from; id <= to; id += 1)
      await server.resultsOf([
        envelope(id, codeOf(instrument.id), response(instrument, { answers })),
      ]);
  }
  const read = async () =>
    cardReplySchema.parse(await (await server.ask('GET', `${path}/card`)).json());
  /** Judges every item of the OIT: 100, or what `points` says. */
  async function judge(points: Record<string, 0 | 100> = {}) {
    const oit = oitSchema.parse(await (await server.ask('GET', `${path}/oit`)).json());
    for (const entry of oit.checklist.entries)
      await server.ask('PUT', `${path}/oit/entries/${entry.item}`, {
        json: { ...entry, points: points[entry.item] ?? 100 },
      });
  }
  const put = (json: unknown, ifMatch?: string) =>
    server.ask('PUT', `${path}/figures`, {
      json,
      ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
    });
  return { ...server, path, answer, judge, read, put };
}

const LAST_YEAR: EnteredFigures['lastYear'] = {
  fiscalYear: 2567,
  ita: '96.87',
  tools: { IIT: '98.13', EIT: '96.42', OIT: '96.25' },
  indicators: { '1': '98.69' },
  items: { I1: '98.51' },
};
const FIGURES: EnteredFigures = { eitPart2: '82.24', lastYear: LAST_YEAR };

test('a card has no ITA while a tool is missing, and says which and why', async () => {
  const { answer, read } = await office();
  await answer(IIT, 1, 5);
  await answer(EIT, 11, 14);
  const { card, entered } = await read();
  expect(entered).toEqual(NO_FIGURES);
  expect(card).toMatchObject({ ita: null, level: null });
  expect(card.tools.map(({ tool, score }) => [tool, score])).toEqual([
    ['IIT', '100.00'],
    ['EIT', null],
    ['OIT', null],
  ]);
  expect(card.outlook).toMatchObject({
    state: 'missing',
    tools: [
      { tool: 'EIT', absence: 'hidden' },
      { tool: 'OIT', absence: 'nobody' },
    ],
    best: { ita: '100.00', level: 'excellent' },
  });
});

test('a card with all three tools has an ITA and a level, and says what keeps it from the next', async () => {
  const { answer, judge, read, put } = await office();
  await answer(IIT, 1, 5);
  await answer(EIT, 11, 15);
  await judge({ O15: 0 });
  const { card } = await read();
  expect(card).toMatchObject({ ita: '98.50', level: 'excellent', outlook: { state: 'highest' } });
  expect(card.tools[2]).toMatchObject({ tool: 'OIT', score: '96.25', weighted: '38.50' });

  await put({ ...NO_FIGURES, eitPart2: '60.00' });
  const assessed = (await read()).card;
  expect(assessed).toMatchObject({ ita: '92.50', level: 'pass' });
  expect(assessed.outlook).toMatchObject({
    state: 'next',
    level: 'good',
    itaGap: null,
    toolGaps: [{ tool: 'EIT', gap: '5.00' }],
    helps: [], // all that the office collects is at 100
  });
});

test('what is archived keeps its figures', async () => {
  const { ask, path, put, read } = await office();
  await ask('PUT', `${path}/life`, { json: { state: 'closed', opensOn: null, closesOn: null } });
  await ask('PUT', `${path}/life`, { json: { state: 'archived', opensOn: null, closesOn: null } });
  expect(await problemIn(await put(FIGURES))).toBe('409 assessment-archived');
  expect((await read()).entered).toEqual(NO_FIGURES);
});

test('four people give no figure away, wherever one looks, and the fifth shows them all', async () => {
  const { answer, read } = await office();
  await answer(EIT, 1, 4);
  const before = await read();
  expect(before.basis.tools[1]?.items.map(({ points }) => points)).toEqual(
    EIT.items.map(() => null),
  );
  const told = [...before.card.indicators, ...before.card.items, ...before.card.tools];
  expect(told.filter(({ tool, score }) => tool === 'EIT' && score !== null)).toEqual([]);
  await answer(EIT, 5, 5);
  const after = await read();
  expect(after.card.tools[1]).toMatchObject({ score: '100.00', weighted: '30.00', absence: null });
});

test('entered figures are kept, and the assessor counts for half of the EIT', async () => {
  const { answer, read, put } = await office();
  await answer(EIT, 1, 5);
  const reply = await put(FIGURES, `"${figuresTag(NO_FIGURES)}"`);
  expect(reply.status).toBe(200);
  expect(enteredFiguresSchema.parse(await reply.json())).toEqual(FIGURES);
  const { card, entered } = await read();
  expect(entered).toEqual(FIGURES);
  expect(card.tools[1]).toMatchObject({
    weight: '0.30',
    score: '91.12', // (100 + 82.24) / 2
    parts: {
      office: { weight: '0.15', score: '100.00' },
      assessor: { weight: '0.15', score: '82.24' },
    },
  });
});

test('an admin who saw older figures is refused, and nothing is changed', async () => {
  const { read, put } = await office();
  const tag = `"${figuresTag(NO_FIGURES)}"`;
  await put(FIGURES, tag);
  const late = { ...NO_FIGURES, eitPart2: '90.00' };
  expect(await problemIn(await put(late, tag))).toBe('412 changed-meanwhile');
  expect((await read()).entered).toEqual(FIGURES);
  // An answer that got lost: the same again is fine, and so is what was made from what is there.
  expect((await put(FIGURES, tag)).status).toBe(200);
  expect((await put(late, `"${figuresTag(FIGURES)}"`)).status).toBe(200);
  expect((await put(FIGURES)).status).toBe(200);
});

test.each([
  ['a score above 100', { ...FIGURES, eitPart2: '100.01' }],
  ['three decimals', { ...FIGURES, eitPart2: '82.241' }],
  ['a number', { ...FIGURES, eitPart2: 82.24 }],
  ['no last year', { eitPart2: '82.24' }],
  ['a member of nobody', { ...FIGURES, name: 'x' }],
  [
    'an item of no questionnaire',
    { ...FIGURES, lastYear: { ...LAST_YEAR, items: { 'I1"': '1.00' } } },
  ],
])('figures with %s are refused', async (_, json) => {
  const { put, read } = await office();
  expect(await problemIn(await put(json))).toMatch(/^400 invalid-request/);
  expect((await read()).entered).toEqual(NO_FIGURES);
});

test('an assessment that is not there has no card', async () => {
  const { ask } = await office();
  const path = '/api/v1/assessments/00000000-0000-4000-8000-000000000999';
  expect(await problemIn(await ask('GET', `${path}/card`))).toBe('404 not-found');
  expect(await problemIn(await ask('PUT', `${path}/figures`, { json: FIGURES }))).toBe(
    '404 not-found',
  );
});
