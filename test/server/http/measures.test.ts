import { expect, test } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { assessmentSchema } from '#core/contract/assessment.ts';
import { auditPageSchema } from '#core/contract/audit.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import { measureTag } from '#core/contract/measure-tag.ts';
import { type Measure, measureListSchema } from '#core/contract/measures.ts';
import { reportSchema } from '#core/contract/report.ts';
import { MEASURE } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const CHANGED: Measure = { ...MEASURE, state: 'done', result: 'ติดครบแล้ว' };
const SECOND: Measure = {
  ...MEASURE,
  id: numberedUuid(702),
  about: { type: 'indicator', indicator: 4 },
  until: null,
};

const ifMatch = (seen?: Measure) =>
  seen === undefined ? {} : { headers: { 'if-match': `"${measureTag(seen)}"` } };

/** An assessment and an admin's page that writes its measures. */
async function runningOffice() {
  const server = await createTestServer();
  const { ask, createAssessment } = server;
  const { assessment } = await createAssessment();
  const path = `/api/v1/assessments/${assessment.id}`;
  const list = async (of = assessment.id) => {
    const reply = await ask('GET', `/api/v1/assessments/${of}/measures`);
    return measureListSchema.parse(await reply.json()).measures;
  };
  return {
    ...server,
    assessment,
    path,
    list,
    put: (measure: Measure, seen?: Measure) =>
      ask('PUT', `${path}/measures/${measure.id}`, { json: measure, ...ifMatch(seen) }),
    /** As a page does that knows of none of that id. */
    add: (measure: Measure) =>
      ask('PUT', `${path}/measures/${measure.id}`, {
        json: measure,
        headers: { 'if-none-match': '*' },
      }),
    putAny: (json: object) => ask('PUT', `${path}/measures/${MEASURE.id}`, { json }),
    remove: (measure: Measure, seen?: Measure) =>
      ask('DELETE', `${path}/measures/${measure.id}`, ifMatch(seen)),
    copy: async (json: object) => {
      const reply = await ask('POST', `${path}/copies`, { json });
      return list(assessmentSchema.parse(await reply.json()).id);
    },
  };
}

test('a measure is added, read, changed, removed and added again', async () => {
  const { put, list, remove } = await runningOffice();
  expect(await list()).toEqual([]);
  const added = await put(MEASURE);
  expect([added.status, await added.json()]).toEqual([200, MEASURE]);
  await put(SECOND);
  expect(await list()).toEqual([MEASURE, SECOND]);
  await put(CHANGED, MEASURE);
  expect(await list()).toEqual([SECOND, CHANGED]);
  expect((await remove(CHANGED, CHANGED)).status).toBe(204);
  expect(await list()).toEqual([SECOND]);
  await put(CHANGED);
  expect(await list()).toEqual([SECOND, CHANGED]);
});

test('who saw another measure neither changes nor removes it', async () => {
  const { put, remove, list } = await runningOffice();
  await put(MEASURE);
  await put(CHANGED, MEASURE);
  expect(await problemIn(await put({ ...MEASURE, result: '' }, MEASURE))).toBe(
    '412 changed-meanwhile',
  );
  expect(await problemIn(await remove(MEASURE, MEASURE))).toBe('412 changed-meanwhile');
  expect(await list()).toEqual([CHANGED]);
});

test('a change whose answer got lost is taken again; of a measure that somebody removed it is not', async () => {
  const { put, remove, list } = await runningOffice();
  await put(MEASURE);
  await put(CHANGED, MEASURE);
  expect((await put(CHANGED, MEASURE)).status).toBe(200);
  await remove(CHANGED, CHANGED);
  expect(await problemIn(await remove(CHANGED, CHANGED))).toBe('404 not-found');
  expect(await problemIn(await put(MEASURE, CHANGED))).toBe('412 changed-meanwhile');
  expect(await list()).toEqual([]);
});

test('who brings back a measure that somebody else had brought back before changes nothing of it', async () => {
  const { put, add, remove, list } = await runningOffice();
  await put(MEASURE);
  await remove(MEASURE, MEASURE);
  await add(MEASURE);
  expect((await add(MEASURE)).status).toBe(200);
  await put(CHANGED, MEASURE);
  expect(await problemIn(await add(MEASURE))).toBe('412 changed-meanwhile');
  expect(await list()).toEqual([CHANGED]);
});

test('five people add a measure each at once', async () => {
  const { put, list } = await runningOffice();
  const measures = [1, 2, 3, 4, 5].map((number) => ({ ...MEASURE, id: numberedUuid(number) }));
  const replies = await Promise.all(measures.map((measure) => put(measure)));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await list()).toEqual(measures);
});

test.each<[string, object]>([
  ['says nothing of what is done', { action: ' ' }],
  ['ends before it begins', { from: '2025-02-01' }],
  ['ends on a day that does not exist', { until: '2025-02-30' }],
  ['is in a state that does not exist', { state: 'checked' }],
  ['is about two things', { about: { type: 'item', item: 'I3', indicator: 4 } }],
  ['is about what is no item', { about: { type: 'item', item: 'ทุกข้อ' } }],
  ['has steps without end', { steps: 'ก'.repeat(2001) }],
  ['holds what nobody asked for', { phone: '02' }],
  ['has another id than the address says', { id: SECOND.id }],
])('a measure is refused if it %s', async (_, changes) => {
  const { putAny, list } = await runningOffice();
  expect(await problemIn(await putAny({ ...MEASURE, ...changes }))).toBe('400 invalid-request');
  expect(await list()).toEqual([]);
});

test('blanks at the ends are taken off', async () => {
  const { putAny, list } = await runningOffice();
  await putAny({ ...MEASURE, responsible: '  ฝ่ายปกครอง ' });
  expect(await list()).toEqual([MEASURE]);
});

test('the log tells what a measure is about and its state, and none of its texts', async () => {
  const { ask, put, remove } = await runningOffice();
  await put(MEASURE);
  await put(SECOND);
  await remove(SECOND);
  await remove(SECOND);
  const { entries } = auditPageSchema.parse(await (await ask('GET', '/api/v1/audit')).json());
  const told = entries.filter(({ action }) => action.startsWith('measure-'));
  expect(told.map(({ action, details }) => [action, details])).toEqual([
    ['measure-removed', { indicator: '4', state: 'under-way' }],
    ['measure-changed', { indicator: '4', state: 'under-way' }],
    ['measure-changed', { item: 'I3', state: 'under-way' }],
  ]);
});

test('of an archived assessment they are read and no longer written', async () => {
  const { storage, assessment, put, remove, list } = await runningOffice();
  await put(MEASURE);
  const archived: Assessment = { ...assessment, life: { ...OPEN_LIFE, state: 'archived' } };
  expect(await storage.updateAssessment(assessment, archived, [])).toBe('done');
  expect(await problemIn(await put(CHANGED))).toBe('409 assessment-archived');
  expect(await problemIn(await remove(MEASURE))).toBe('409 assessment-archived');
  expect(await list()).toEqual([MEASURE]);
});

test.each(['GET', 'PUT', 'DELETE'])(
  'of no assessment they are not found, and of any they ask for somebody: %s',
  async (method) => {
    const { app, ask, path } = await runningOffice();
    const place = method === 'GET' ? 'measures' : `measures/${MEASURE.id}`;
    const json = method === 'PUT' ? { json: MEASURE } : {};
    const nowhere = `/api/v1/assessments/${numberedUuid(999)}/${place}`;
    expect(await problemIn(await ask(method, nowhere, json))).toBe('404 not-found');
    const headers = { 'sec-fetch-site': 'same-origin' };
    const stranger = await app.request(`${path}/${place}`, { method, headers });
    expect(await problemIn(stranger)).toBe('401 not-signed-in');
  },
);

test('the next year begins with what is left to do, planned anew and without days', async () => {
  const { put, copy, list } = await runningOffice();
  const planned: Measure = { ...SECOND, state: 'planned' };
  const dropped: Measure = { ...MEASURE, id: numberedUuid(703), state: 'dropped' };
  const done: Measure = { ...CHANGED, id: numberedUuid(704) };
  for (const measure of [MEASURE, planned, dropped, done]) await put(measure);
  const anew = { state: 'planned', from: null, until: null, result: '' };
  const leftToDo = [
    { ...MEASURE, ...anew },
    { ...planned, ...anew },
  ];
  expect(await copy({ fiscalYear: 2569 })).toEqual(leftToDo);
  expect(await copy({ fiscalYear: 2570, repeatDone: true })).toEqual([
    ...leftToDo,
    { ...done, ...anew },
  ]);
  expect(await list()).toHaveLength(4);
});

test('the report has them, on the page and in its files', async () => {
  const { ask, path, put } = await runningOffice();
  await put(MEASURE);
  const page = reportSchema.parse(
    await (await ask('GET', `${path}/report/page?language=th`)).json(),
  );
  const section = page.sections.find(({ id }) => id === 'measures');
  expect(section?.tables.map(({ rows }) => rows.length)).toEqual([1, 1]);
  const csv = await (await ask('GET', `${path}/report?language=th&format=csv`)).text();
  // A quotation mark in a text is written twice.
  expect(csv).toContain(MEASURE.action.replaceAll('"', '""'));
  expect(csv).toContain('1) ออกแบบป้าย\n2) ติดป้าย');
});
