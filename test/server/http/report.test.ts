import { expect, test } from 'vitest';
import { auditPageSchema } from '#core/contract/audit.ts';
import { reportSchema, responseFileSchema } from '#core/contract/report.ts';
import { envelope, IIT, response } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** A questionnaire of somebody of a department. */
function of(department: number | null, option = 6) {
  const plain = response(IIT);
  return {
    ...plain,
    answers: { ...plain.answers, I1: option },
    respondent: { ...plain.respondent, department },
  };
}

async function office() {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const path = `/api/v1/assessments/${assessment.id}`;
  const codeOf = (department: number | null) => {
    const found = channels.find(
      (channel) => channel.instrument === IIT.id && channel.department === department,
    );
    if (!found) throw new Error(`no channel for department ${department}`);
    return found.code;
  };
  /** As many people as are asked for, each by the channel of their department. */
  async function answer(department: number, people: number, from: number) {
    const ids = Array.from({ length: people }, (_, index) => from + index);
    await server.resultsOf(ids.map((id) => envelope(id, codeOf(department), of(department))));
  }
  return { ...server, assessment, path, codeOf, answer };
}

test('the report comes as a page, as data, as a workbook and as a text file', async () => {
  const { ask, path, answer } = await office();
  await answer(1, 5, 1);

  const page = await ask('GET', `${path}/report/page?language=th`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-disposition')).toBeNull();
  const report = reportSchema.parse(await page.json());
  expect(report).toMatchObject({ language: 'th', fiscalYear: 2568, madeOn: '2024-11-20' });

  const kinds = { json: 'application/json', csv: 'text/csv; charset=utf-8', xlsx: 'spreadsheetml' };
  for (const [format, kind] of Object.entries(kinds)) {
    const file = await ask('GET', `${path}/report?language=en&format=${format}`);
    expect(file.headers.get('content-type')).toContain(kind);
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="ita-2568-en.${format}"`,
    );
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  }
});

test.each([
  ['report/page', 'language'],
  ['report/page?language=fr', 'language'],
  ['report?language=th', 'format'],
  ['report?language=th&format=pdf', 'format'],
  ['responses?format=csv', 'instrument'],
  ['responses?instrument=iit-1999&format=csv', 'instrument'],
  ['responses?instrument=iit-2567&format=xlsx', 'format'],
])('GET %s is refused and names %s', async (address, detail) => {
  const { ask, path } = await office();
  const reply = await ask('GET', `${path}/${address}`);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ code: 'invalid-request', detail });
});

test('nobody who is not signed in gets a report or a response', async () => {
  const { app, path } = await office();
  for (const address of [
    'report/page?language=th',
    'report?language=th&format=csv',
    'responses?instrument=iit-2567&format=csv',
  ])
    expect(await problemIn(await app.request(`${path}/${address}`))).toBe('401 not-signed-in');
});

test('single responses come shuffled, without day and id, and without the channel of few people', async () => {
  const { ask, path, answer, codeOf } = await office();
  await answer(1, 3, 1);
  await answer(2, 30, 100);
  await answer(3, 40, 200);
  const reply = await ask('GET', `${path}/responses?instrument=iit-2567&format=json`);
  expect(reply.headers.get('content-disposition')).toContain('responses-2568-iit-2567.json');
  const text = await reply.text();
  const { instrument, responses } = responseFileSchema.parse(JSON.parse(text));
  expect(instrument).toBe('iit-2567');
  expect(responses).toHaveLength(73);
  expect(text).not.toContain('2024-11-20');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/);

  // 3 people of department 1, and the next smallest so that nobody can subtract.
  const known = responses.filter(({ channel }) => channel !== null);
  expect(new Set(known.map(({ channel }) => channel))).toEqual(new Set([codeOf(3)]));
  expect(responses.filter(({ channel }) => channel === null)).toHaveLength(33);
  const departments = responses.map(({ respondent }) => respondent['department']);
  const inOrder = departments.toSorted((a, b) => Number(a) - Number(b));
  expect(departments).not.toEqual(inOrder);
});

test('single responses as a text file have a line for each person and options by number', async () => {
  const { ask, path, answer } = await office();
  await answer(2, 6, 1);
  const reply = await ask('GET', `${path}/responses?instrument=iit-2567&format=csv`);
  const [head = '', ...lines] = (await reply.text()).replace(/^\uFEFF/, '').split('\r\n');
  expect(head).toBe(
    'channel,language,quality,I1,I2,I3,I4,I5,I6,I7,I8,I9,I10,I11,I12,age,position,gender,workyear,department',
  );
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^\w{8},th,,6(,1){11},1,1,1,1,2$/);
});

test('every file that was given out is told of in the log; a look at the page is not', async () => {
  const { ask, path, answer } = await office();
  await answer(2, 6, 1);
  const entries = async () =>
    auditPageSchema.parse(await (await ask('GET', '/api/v1/audit')).json()).entries;
  const before = (await entries()).length;
  await ask('GET', `${path}/report/page?language=th`);
  expect(await entries()).toHaveLength(before);

  await ask('GET', `${path}/report?language=th&format=xlsx`);
  await ask('GET', `${path}/responses?instrument=iit-2567&format=csv`);
  for (const what of ['report', 'scores'])
    expect((await ask('POST', `${path}/${what}/prints`)).status).toBe(204);
  const told = (await entries()).map(({ action, details }) => ({ action, details }));
  expect(told).toEqual(
    expect.arrayContaining([
      { action: 'report-exported', details: { format: 'xlsx' } },
      { action: 'responses-exported', details: { format: 'csv', count: '6' } },
      { action: 'report-printed', details: {} },
      { action: 'scores-printed', details: {} },
    ]),
  );
  expect(told).toHaveLength(before + 4);
});
