import { expect, test } from 'vitest';
import { assessmentSchema, type Assessment } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { DRAFT, NEW } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const ASSESSMENTS = '/api/v1/assessments';

/** An assessment and an admin's page that changes it as it had read it. */
async function runningAssessment() {
  const { ask, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const path = `${ASSESSMENTS}/${assessment.id}`;
  const putIf = (ifMatch: string, json: typeof DRAFT) =>
    ask('PUT', path, { json, headers: { 'if-match': ifMatch } });
  const put = (loaded: Assessment, json: typeof DRAFT) => putIf(`"${assessmentTag(loaded)}"`, json);
  const read = async (): Promise<Assessment> =>
    assessmentSchema.parse(await (await ask('GET', path)).json());
  const channelCount = async () =>
    (await (await ask('GET', `${path}/channels`)).json()).channels.length;
  return { ask, assessment, path, put, putIf, read, channelCount };
}

const NEXT_YEAR = { ...DRAFT, fiscalYear: 2569 };
const RENAMED = { ...DRAFT, organization: { th: 'ชื่อใหม่' } };
const FOURTH = { number: 4, name: { th: 'ฝ่ายใหม่' }, targets: {}, retired: false };

test('an admin who saw the stored assessment saves, and saves again with what came back', async () => {
  const { assessment, put, read } = await runningAssessment();
  const first = await put(assessment, NEXT_YEAR);
  expect(first.status).toBe(200);
  const second = await put(assessmentSchema.parse(await first.json()), RENAMED);
  expect(second.status).toBe(200);
  expect(await read()).toEqual({ id: assessment.id, ...RENAMED, ...NEW });
});

test('an admin who saw an older assessment is refused, and nothing is changed', async () => {
  const { assessment, put, read, channelCount } = await runningAssessment();
  await put(assessment, NEXT_YEAR);
  const channels = await channelCount();
  const late = { ...RENAMED, departments: [...DRAFT.departments, FOURTH] };
  expect(await problemIn(await put(assessment, late))).toBe('412 changed-meanwhile');
  expect(await read()).toEqual({ id: assessment.id, ...NEXT_YEAR, ...NEW });
  expect(await channelCount()).toBe(channels);
});

test('an admin who did not see a new department hears of the change, not of a loss', async () => {
  const { assessment, put } = await runningAssessment();
  await put(assessment, { ...DRAFT, departments: [...DRAFT.departments, FOURTH] });
  expect(await problemIn(await put(assessment, RENAMED))).toBe('412 changed-meanwhile');
});

test('of two admins who save at once one is refused', async () => {
  const { assessment, put, read } = await runningAssessment();
  const replies = await Promise.all([NEXT_YEAR, RENAMED].map((draft) => put(assessment, draft)));
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  const saved = replies.find(({ status }) => status === 200);
  expect(await saved?.json()).toEqual(await read());
});

test('a draft whose answer got lost can be sent again', async () => {
  const { assessment, put } = await runningAssessment();
  await put(assessment, NEXT_YEAR);
  const again = await put(assessment, NEXT_YEAR);
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual({ id: assessment.id, ...NEXT_YEAR, ...NEW });
});

test('without a tag nothing is compared', async () => {
  const { ask, assessment, path, put, read } = await runningAssessment();
  await put(assessment, NEXT_YEAR);
  expect((await ask('PUT', path, { json: RENAMED })).status).toBe(200);
  expect(await read()).toEqual({ id: assessment.id, ...RENAMED, ...NEW });
});

test.each([
  ['any tag', () => '*', 200],
  ['one of several', (tag: string) => `"other", "${tag}"`, 200],
  ['a weak one', (tag: string) => `W/"${tag}"`, 412],
  ['one without quotes', (tag: string) => tag, 412],
])('a tag is compared as the standard says: %s', async (_, ifMatch, status) => {
  const { assessment, putIf } = await runningAssessment();
  expect((await putIf(ifMatch(assessmentTag(assessment)), NEXT_YEAR)).status).toBe(status);
});

test('the first change of a year is not refused for the names its office had before', async () => {
  const { ask } = await runningAssessment();
  const organization = { th: DRAFT.organization.th, en: 'Another name' };
  const made = await ask('POST', ASSESSMENTS, { json: { ...NEXT_YEAR, organization } });
  const assessment = assessmentSchema.parse(await made.json());
  expect(assessment.organization).toEqual(DRAFT.organization);
  const reply = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, {
    json: { ...NEXT_YEAR, organization },
    headers: { 'if-match': `"${assessmentTag(assessment)}"` },
  });
  expect(reply.status).toBe(200);
});

test('the OpenAPI document names the header that may be left out', async () => {
  const { app } = await createTestServer();
  const { paths } = await (await app.request('/api/openapi.json')).json();
  const { parameters, responses } = paths['/api/v1/assessments/{id}'].put;
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: 'If-Match', in: 'header', required: false }),
  );
  expect(responses.default.description).toContain('changed-meanwhile');
});
