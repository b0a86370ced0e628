import { describe, expect, test } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { auditPageSchema } from '#core/contract/audit.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import {
  emptyEntry,
  oitSchema,
  type Checklist,
  type ChecklistEntry,
  type ChecklistWeights,
} from '#core/contract/oit.ts';
import { oitTag } from '#core/contract/oit-tag.ts';
import { toTwoDecimals } from '#core/scoring/fraction.ts';
import { scoreOit } from '#core/scoring/oit.ts';
import { DRAFT, IIT } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const ENTRY: ChecklistEntry = {
  item: 'O7',
  urls: ['https://www.example.go.th/คู่มือ', 'https://www.example.go.th/คู่มือ/2568'],
  responsible: 'ฝ่ายปกครอง',
  note: 'ฉบับปี 2568',
  state: 'published',
  due: '2025-01-31',
  points: 100,
};
const OTHER: ChecklistEntry = { ...ENTRY, note: 'ฉบับปี 2567', points: 0 };
const WEIGHTS: ChecklistWeights = { '10.1': '0.6', '10.2': '0.4' };

/** An assessment and an admin's page that writes in its checklist. */
async function runningChecklist() {
  const server = await createTestServer();
  const { ask, createAssessment } = server;
  const { assessment } = await createAssessment();
  const path = `/api/v1/assessments/${assessment.id}`;
  const put = (what: string, json: unknown, seen?: ChecklistEntry | ChecklistWeights) =>
    ask('PUT', `${path}/oit/${what}`, {
      json,
      ...(seen && { headers: { 'if-match': `"${oitTag(seen)}"` } }),
    });
  return {
    ...server,
    assessment,
    path,
    putEntry: (entry: ChecklistEntry, seen?: ChecklistEntry) =>
      put(`entries/${entry.item}`, entry, seen),
    putWeights: (weights: ChecklistWeights, seen?: ChecklistWeights) =>
      put('weights', weights, seen),
    putAny: (what: string, json: unknown) => put(what, json),
    read: async () => oitSchema.parse(await (await ask('GET', `${path}/oit`)).json()),
  };
}

const entryOf = ({ entries }: Checklist, item: string) => entries.find((one) => one.item === item);

describe('the checklist of an assessment', () => {
  test('has an entry for every item before anybody wrote one', async () => {
    const { read } = await runningChecklist();
    const { instrument, checklist } = await read();
    expect(instrument.id).toBe('oit-2567');
    expect(checklist.weights).toEqual({});
    expect(checklist.entries).toEqual(
      Array.from({ length: 22 }, (_, index) => emptyEntry(`O${index + 1}`)),
    );
  });

  test('keeps what is written of an item and leaves the others', async () => {
    const { putEntry, read } = await runningChecklist();
    const reply = await putEntry(ENTRY, emptyEntry('O7'));
    expect([reply.status, await reply.json()]).toEqual([200, ENTRY]);
    await putEntry({ ...emptyEntry('O1'), responsible: '  ฝ่ายโยธา ' });
    const { checklist } = await read();
    expect(entryOf(checklist, 'O7')).toEqual(ENTRY);
    expect(entryOf(checklist, 'O1')?.responsible).toBe('ฝ่ายโยธา');
    expect(checklist.entries.filter(({ state }) => state !== 'not-started')).toHaveLength(1);
  });

  test('gives the published 96.25 when the office judges as the report does', async () => {
    const { putEntry, read } = await runningChecklist();
    const { checklist } = await read();
    for (const entry of checklist.entries)
      await putEntry({ ...entry, points: entry.item === 'O15' ? 0 : 100 }, entry);
    const { instrument, checklist: filled } = await read();
    const { exact, indicators } = scoreOit(instrument, filled);
    const told = [exact, ...indicators.map((one) => one.exact)].map(
      (one) => one && toTwoDecimals(one),
    );
    expect(told).toEqual(['96.25', '95.00', '100.00']);
  });

  test('is written by two people at once, if they write of two items', async () => {
    const { putEntry, read } = await runningChecklist();
    const entries = ['O1', 'O2', 'O3', 'O4', 'O5'].map((item) => ({ ...ENTRY, item }));
    const replies = await Promise.all(
      entries.map((entry) => putEntry(entry, emptyEntry(entry.item))),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await read()).checklist.entries.slice(0, 5)).toEqual(entries);
  });

  test('refuses who saw another entry, and changes nothing', async () => {
    const { putEntry, read } = await runningChecklist();
    await putEntry(ENTRY, emptyEntry('O7'));
    const late = await putEntry(OTHER, emptyEntry('O7'));
    expect(await problemIn(late)).toBe('412 changed-meanwhile');
    expect(entryOf((await read()).checklist, 'O7')).toEqual(ENTRY);
    expect((await putEntry(OTHER, ENTRY)).status).toBe(200);
  });

  test('takes an entry again whose answer got lost', async () => {
    const { putEntry } = await runningChecklist();
    await putEntry(ENTRY, emptyEntry('O7'));
    expect((await putEntry(ENTRY, emptyEntry('O7'))).status).toBe(200);
  });

  test('tells the log which item was changed, and nothing of what was refused', async () => {
    const { ask, putEntry, putWeights } = await runningChecklist();
    await putEntry(ENTRY);
    await putEntry(OTHER, emptyEntry('O7'));
    await putWeights(WEIGHTS);
    const { entries } = auditPageSchema.parse(await (await ask('GET', '/api/v1/audit')).json());
    const changes = entries.filter(({ action }) => action === 'oit-changed');
    expect(changes.map(({ details }) => details)).toEqual([{}, { item: 'O7', state: 'published' }]);
  });

  test('names the header of the OpenAPI document that may be left out', async () => {
    const { app } = await createTestServer();
    const { paths } = await (await app.request('/api/openapi.json')).json();
    expect(paths['/api/v1/assessments/{id}/oit/entries/{item}'].put.parameters).toContainEqual(
      expect.objectContaining({ name: 'If-Match', required: false }),
    );
  });
});

describe('an entry is refused', () => {
  test.each<[string, object, string]>([
    ['with an address that is none', { urls: ['www.example.go.th'] }, '400 invalid-request'],
    [
      'with an address that runs a script',
      { urls: ['javascript:alert(1)'] },
      '400 invalid-request',
    ],
    [
      'with more than five addresses',
      { urls: [1, 2, 3, 4, 5, 6].map((page) => `https://www.example.go.th/${page}`) },
      '400 invalid-request',
    ],
    ['with points between 0 and 100', { points: 50 }, '400 invalid-request'],
    ['with a state that does not exist', { state: 'done' }, '400 invalid-request'],
    ['with a day that does not exist', { due: '2025-02-30' }, '400 invalid-request'],
    ['with a note without end', { note: 'ก'.repeat(2001) }, '400 invalid-request'],
    ['with what nobody asked for', { phone: '02' }, '400 invalid-request'],
    ['for another item than the address says', { item: 'O8' }, '400 invalid-request'],
  ])('%s', async (_, changes, problem) => {
    const { putAny, read } = await runningChecklist();
    expect(await problemIn(await putAny('entries/O7', { ...ENTRY, ...changes }))).toBe(problem);
    expect(entryOf((await read()).checklist, 'O7')).toEqual(emptyEntry('O7'));
  });

  test('for an item that the instrument does not have', async () => {
    const { putEntry } = await runningChecklist();
    expect(await problemIn(await putEntry({ ...ENTRY, item: 'O23' }))).toBe('404 not-found');
  });
});

describe('the weights', () => {
  test('that are assumed can be set, and set back', async () => {
    const { putWeights, putEntry, read } = await runningChecklist();
    await putEntry(ENTRY);
    expect((await putWeights(WEIGHTS, {})).status).toBe(200);
    expect((await read()).checklist.weights).toEqual(WEIGHTS);
    expect(entryOf((await read()).checklist, 'O7')).toEqual(ENTRY);
    expect(
      await problemIn(await putWeights({}, {}).then(() => putWeights({ '10.1': '0.5' }, {}))),
    ).toBe('412 changed-meanwhile');
    expect((await putWeights({}, WEIGHTS)).status).toBe(200);
    expect((await read()).checklist.weights).toEqual({});
  });

  test.each<[string, ChecklistWeights]>([
    ['do not make up a whole', { '10.1': '0.6' }],
    ['are those of a report', { '9.3': '0.15' }],
    ['are of nothing', { '9.9': '0' }],
    ['are no shares', { '10.1': '60', '10.2': '40' }],
  ])('are refused if they %s', async (_, weights) => {
    const { putWeights, read } = await runningChecklist();
    expect(await problemIn(await putWeights(weights))).toBe('400 invalid-request');
    expect((await read()).checklist.weights).toEqual({});
  });
});

describe('the OIT', () => {
  test('is no questionnaire: nobody can be asked it, and it gets no channel', async () => {
    const { ask, signIn, createAssessment } = await createTestServer();
    await signIn();
    const { instruments } = await (await ask('GET', '/api/v1/instruments')).json();
    expect(instruments.map(({ tool }: { tool: string }) => tool)).not.toContain('OIT');
    const draft = { ...DRAFT, instruments: [IIT.id, 'oit-2567'] };
    const refused = await ask('POST', '/api/v1/assessments', { json: draft });
    expect(await problemIn(refused)).toBe('400 invalid-request');
    const { channels } = await createAssessment();
    expect(channels.filter(({ instrument }) => instrument.startsWith('oit'))).toEqual([]);
  });

  test.each([
    ['GET', 'oit'],
    ['PUT', 'oit/entries/O7'],
    ['PUT', 'oit/weights'],
  ])(
    'of no assessment is not found, and of any asks for somebody: %s %s',
    async (method, place) => {
      const { app, ask, path } = await runningChecklist();
      const json = method === 'GET' ? {} : { json: place.endsWith('weights') ? WEIGHTS : ENTRY };
      const nowhere = `/api/v1/assessments/${numberedUuid(999)}/${place}`;
      expect(await problemIn(await ask(method, nowhere, json))).toBe('404 not-found');
      const headers = { 'sec-fetch-site': 'same-origin' };
      const stranger = await app.request(`${path}/${place}`, { method, headers });
      expect(await problemIn(stranger)).toBe('401 not-signed-in');
    },
  );

  test('of an archived assessment is read and no longer written', async () => {
    const { storage, assessment, putEntry, putWeights, read } = await runningChecklist();
    await putEntry(ENTRY);
    const archived: Assessment = { ...assessment, life: { ...OPEN_LIFE, state: 'archived' } };
    expect(await storage.updateAssessment(assessment, archived, [])).toBe('done');
    expect(await problemIn(await putEntry(OTHER))).toBe('409 assessment-archived');
    expect(await problemIn(await putWeights(WEIGHTS))).toBe('409 assessment-archived');
    expect(entryOf((await read()).checklist, 'O7')).toEqual(ENTRY);
  });
});
