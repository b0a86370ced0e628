import { expect, test, vi } from 'vitest';
import { assessmentSchema, channelListSchema } from '#core/contract/assessment.ts';
import { assessmentTag } from '#core/contract/assessment-tag.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { DRAFT_LIFE, type Life, OPEN_LIFE } from '#core/contract/life.ts';
import { removeDue } from '#server/assessments/remove-due.ts';
import { DRAFT, envelope, IIT, NEW, response } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const ASSESSMENTS = '/api/v1/assessments';
const DAY_MS = 24 * 60 * 60 * 1000;

/** An assessment of the small office on 20 November 2024, with what an admin and a visitor do to it. */
async function runningAssessment() {
  const server = await createTestServer();
  const { ask, app, clock, createAssessment, resultsOf } = server;
  const { assessment, channels } = await createAssessment();
  const path = `${ASSESSMENTS}/${assessment.id}`;
  const code = channels.find(({ instrument, department }) =>
    department === null ? instrument === IIT.id : false,
  )?.code;
  if (code === undefined) throw new Error('the office has a channel');
  return {
    ...server,
    assessment,
    channels,
    path,
    code,
    live: (life: Life, headers = {}) => ask('PUT', `${path}/life`, { json: life, headers }),
    visit: async () => {
      const reply = await app.request(`/api/v1/channels/${code}`);
      const { state, upcoming } = channelSchema.parse(await reply.json());
      return upcoming ? `${state}, opens ${upcoming.opensOn}` : state;
    },
    answer: async (id: number) =>
      (await resultsOf([envelope(id, code, response(IIT))])).map((result) =>
        result.result === 'refused' ? result.problem.code : result.result,
      ),
    list: async () => (await (await ask('GET', ASSESSMENTS)).json()).assessments,
    deleted: async () =>
      (await (await ask('GET', '/api/v1/deleted-assessments')).json()).assessments,
    later: (days: number) => {
      clock.now += days * DAY_MS;
    },
    erase: (json: object = { fiscalYear: DRAFT.fiscalYear }) =>
      ask('PUT', `${path}/deletion`, { json }),
  };
}

test('closing stops new visitors, takes what was finished before, and is undone', async () => {
  const { live, visit, answer } = await runningAssessment();
  expect(await visit()).toBe('open');
  const closed = await live({ ...OPEN_LIFE, state: 'closed' });
  expect(assessmentSchema.parse(await closed.json()).life.state).toBe('closed');
  expect(await visit()).toBe('closed');
  expect(await answer(1)).toEqual(['accepted']);
  await live(OPEN_LIFE);
  expect(await visit()).toBe('open');
});

test('the dates take effect by themselves, at midnight in Thailand', async () => {
  const { live, visit, later, clock } = await runningAssessment();
  await live({ state: 'draft', opensOn: '2024-11-22', closesOn: '2024-11-23' });
  expect(await visit()).toBe('closed, opens 2024-11-22');
  later(1);
  expect(await visit()).toBe('closed, opens 2024-11-22');
  clock.now = Date.parse('2024-11-21T17:00:00Z');
  expect(await visit()).toBe('open');
  clock.now = Date.parse('2024-11-23T16:59:59Z');
  expect(await visit()).toBe('open');
  later(1);
  expect(await visit()).toBe('closed');
});

test('a draft without a date says that it has not begun', async () => {
  const { live, visit } = await runningAssessment();
  await live(DRAFT_LIFE);
  expect(await visit()).toBe('closed, opens null');
});

test('the admin’s list shows each channel as it was set, whatever the state of the assessment', async () => {
  const { ask, path, live } = await runningAssessment();
  await live({ ...OPEN_LIFE, state: 'closed' });
  const { channels } = channelListSchema.parse(await (await ask('GET', `${path}/channels`)).json());
  expect(new Set(channels.map(({ state }) => state))).toEqual(new Set(['open']));
});

test('an assessment cannot close before it opens, nor on a day that there is not', async () => {
  const { live } = await runningAssessment();
  for (const life of [
    { state: 'draft', opensOn: '2024-12-02', closesOn: '2024-12-01' } as const,
    { state: 'open', opensOn: null, closesOn: '2024-02-30' } as const,
  ])
    expect(await problemIn(await live(life))).toBe('400 invalid-request');
});

test('a change of state that was decided on an older assessment is refused; sent again it is not', async () => {
  const { assessment, ask, path, live } = await runningAssessment();
  const ifSeen = { 'if-match': `"${assessmentTag(assessment)}"` };
  await ask('PUT', path, { json: { ...DRAFT, fiscalYear: 2570 } });
  const closed: Life = { ...OPEN_LIFE, state: 'closed' };
  expect(await problemIn(await live(closed, ifSeen))).toBe('412 changed-meanwhile');
  expect((await live(closed)).status).toBe(200);
  expect((await live(closed, ifSeen)).status).toBe(200);
});

test('nothing of an archived assessment is changed until it is taken out again', async () => {
  const { ask, path, code, live, visit, answer } = await runningAssessment();
  await live({ ...OPEN_LIFE, state: 'archived' });
  const changes = [
    () => ask('PUT', path, { json: { ...DRAFT, fiscalYear: 2569 } }),
    () => ask('PATCH', `${path}/channels/${code}`, { json: { state: 'closed' } }),
  ];
  for (const change of changes)
    expect(await problemIn(await change())).toBe('409 assessment-archived');
  expect(await visit()).toBe('closed');
  expect(await answer(1)).toEqual(['accepted']);
  await live({ ...OPEN_LIFE, state: 'closed' });
  for (const change of changes) expect((await change()).status).toBe(200);
});

test('the next year is a draft with the departments in use and the settings of the channels', async () => {
  const { ask, path, channels } = await runningAssessment();
  const [first, second, third] = DRAFT.departments;
  if (!first || !second || !third) throw new Error('the fixture has three departments');
  const settings = {
    ...DRAFT,
    suppressionThreshold: 8,
    complaints: [{ name: { th: 'สายด่วน' }, address: 'tel:1555' }],
    departments: [first, { ...second, retired: true }, third],
  };
  await ask('PUT', path, { json: settings });
  const eit = channels.find(
    ({ instrument, department }) => instrument !== IIT.id && department === 3,
  );
  await ask('PATCH', `${path}/channels/${eit?.code}`, { json: { service: 4, state: 'closed' } });

  const reply = await ask('POST', `${path}/copies`, { json: { fiscalYear: 2569 } });
  expect(reply.status).toBe(201);
  const copy = assessmentSchema.parse(await reply.json());
  expect(copy).toEqual({
    ...settings,
    id: copy.id,
    fiscalYear: 2569,
    departments: [first, third],
    life: DRAFT_LIFE,
    deletedOn: null,
  });
  const list = await (await ask('GET', `${ASSESSMENTS}/${copy.id}/channels`)).json();
  const copied = channelListSchema.parse(list).channels;
  expect(copied).toHaveLength(6);
  expect(copied).toContainEqual({
    ...eit,
    code: expect.any(String),
    url: expect.any(String),
    service: 4,
    state: 'closed',
  });
  const codes = new Set([...channels, ...copied].map(({ code }) => code));
  expect(codes.size).toBe(channels.length + copied.length);
});

test('the next year begins with who sees to an item of the OIT and where it is, not with what was judged', async () => {
  const { ask, path } = await runningAssessment();
  const entry = {
    item: 'O1',
    urls: ['https://office.example/o1'],
    responsible: 'ฝ่ายปกครอง',
    note: 'รอภาพ',
    state: 'checked',
    due: '2025-04-30',
    points: 100,
  };
  expect((await ask('PUT', `${path}/oit/entries/O1`, { json: entry })).status).toBe(200);
  const reply = await ask('POST', `${path}/copies`, { json: { fiscalYear: 2569 } });
  const { id } = assessmentSchema.parse(await reply.json());
  const { checklist } = await (await ask('GET', `${ASSESSMENTS}/${id}/oit`)).json();
  const begun = { note: '', state: 'not-started', due: null, points: null };
  expect(checklist.entries[0]).toEqual({ ...entry, ...begun });
  expect(checklist.entries[1]).toMatchObject({ urls: [], responsible: '', ...begun });
});

test('a year that is there already is not made a second time', async () => {
  const { ask, path } = await runningAssessment();
  const copy = (fiscalYear: number) => ask('POST', `${path}/copies`, { json: { fiscalYear } });
  expect((await copy(2569)).status).toBe(201);
  expect(await problemIn(await copy(2569))).toBe('409 year-taken');
  expect(await problemIn(await copy(DRAFT.fiscalYear))).toBe('409 year-taken');
  expect(await problemIn(await copy(2025))).toBe('400 invalid-request');
});

test('a year that two copy at once is made once', async () => {
  const { ask, path, list, storage } = await runningAssessment();
  // Neither finds the other one, as both have looked before any is stored.
  const { ...stored } = storage;
  let looked = 0;
  storage.createAssessment = async (...made) => {
    looked += 1;
    await expect.poll(() => looked).toBe(2);
    return stored.createAssessment(...made);
  };
  const copy = async () => ask('POST', `${path}/copies`, { json: { fiscalYear: 2569 } });
  const statuses = (await Promise.all([copy(), copy()])).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
  expect(await list()).toHaveLength(2);
});

test('a deleted assessment is gone for everybody, still takes what was finished, and comes back whole', async () => {
  const { ask, app, path, code, assessment, erase, list, deleted, visit, answer, later } =
    await runningAssessment();
  await answer(1);
  expect(await problemIn(await erase({ fiscalYear: 2569 }))).toBe('400 invalid-request');
  expect(await list()).toHaveLength(1);

  const reply = await erase();
  expect(await reply.json()).toEqual({ ...assessment, deletedOn: '2024-11-20' });
  expect(await list()).toEqual([]);
  expect(await deleted()).toEqual([{ ...assessment, deletedOn: '2024-11-20' }]);
  for (const part of ['', '/channels', '/participation', '/scores', '/set-aside'])
    expect(await problemIn(await ask('GET', `${path}${part}`))).toBe('404 not-found');
  expect(await visit()).toBe('closed');
  expect(await answer(2)).toEqual(['accepted']);
  later(3);
  expect(await (await erase()).json()).toMatchObject({ deletedOn: '2024-11-20' });

  const back = await ask('DELETE', `${path}/deletion`);
  expect(await back.json()).toEqual({ ...DRAFT, id: assessment.id, ...NEW });
  expect(await deleted()).toEqual([]);
  expect(await visit()).toBe('open');
  const counted = await (await ask('GET', `${path}/participation`)).json();
  expect(counted.instruments[0]).toMatchObject({ instrument: IIT.id, n: 2 });
  expect((await app.request(`/s/${code}`)).status).toBe(200);
});

test('a deleted assessment does not come back beside another one of its year', async () => {
  const { ask, path, erase, list, deleted, createAssessment } = await runningAssessment();
  await erase();
  const { assessment: other } = await createAssessment();
  const back = () => ask('DELETE', `${path}/deletion`);
  expect(await problemIn(await back())).toBe('409 year-taken');
  expect(await deleted()).toHaveLength(1);
  expect(await list()).toEqual([other]);
  // Nor is it in the way of another year.
  await ask('PUT', `${ASSESSMENTS}/${other.id}`, { json: { ...DRAFT, fiscalYear: 2569 } });
  expect((await back()).status).toBe(200);
  expect(await list()).toHaveLength(2);
  // Sent again, because the answer got lost.
  expect((await back()).status).toBe(200);
});

test('thirty days after its deletion nothing of it is left, and another year has all of its own', async () => {
  const { ask, app, path, code, erase, deleted, answer, later, storage, handle, clock, resultsOf } =
    await runningAssessment();
  const say = vi.fn<(fields: object, message: string) => void>();
  const remove = () => removeDue({ storage, now: () => clock.now, log: { info: say, error: say } });
  const copied = await ask('POST', `${path}/copies`, { json: { fiscalYear: 2569 } });
  const other = assessmentSchema.parse(await copied.json());
  const channel = (await storage.listChannels(other.id)).find(
    ({ instrument }) => instrument === IIT.id,
  );
  if (!channel) throw new Error('the copy has channels');
  await resultsOf([envelope(50, channel.code, response(IIT))]);
  await answer(1);
  await erase();

  later(29);
  await remove();
  expect(await deleted()).toHaveLength(1);
  later(1);
  expect(await deleted()).toEqual([]);
  expect(await problemIn(await ask('DELETE', `${path}/deletion`))).toBe('404 not-found');
  await remove();
  expect(await deleted()).toEqual([]);
  expect(await problemIn(await ask('DELETE', `${path}/deletion`))).toBe('404 not-found');
  expect(say).toHaveBeenCalledExactlyOnceWith(
    { assessments: 1 },
    'deleted assessments removed for good',
  );
  expect(handle.prepare('select id from responses').pluck().all()).toEqual([numberedUuid(50)]);
  expect(await storage.findAssessment(other.id)).toEqual(other);
  expect(await problemIn(await app.request(`/api/v1/channels/${code}`))).toBe(
    '404 channel-unknown',
  );
  // The server remembers the channel: it has to notice that it is gone, also where others come in the same batch.
  const mixed = await resultsOf([
    envelope(2, code, response(IIT)),
    envelope(51, channel.code, response(IIT)),
  ]);
  expect(mixed.map(({ result }) => result)).toEqual(['refused', 'accepted']);
});
