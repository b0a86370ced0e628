import { numberedUuid } from '../support/numbered-uuid.ts';
import { describe, expect, test } from 'vitest';
import { assessmentSchema } from '#core/contract/assessment.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { isChannelCode } from '#core/contract/channel-code.ts';
import { DRAFT, EIT, envelope, IIT, NEW, TEMPLATES } from '../support/fixtures.ts';
import { createTestServer, ORIGIN, problemIn } from '../support/test-server.ts';

const ASSESSMENTS = '/api/v1/assessments';

const HOTLINE = { name: { th: 'สายด่วน' }, address: 'tel:1555' };

test('an assessment gets a channel for each instrument and each department and the whole office', async () => {
  const { createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  expect(assessment).toEqual({ id: assessment.id, ...DRAFT, ...NEW });
  expect(channels.map(({ department, instrument }) => [department, instrument])).toEqual(
    [null, 1, 2, 3].flatMap((department) => [
      [department, EIT.id],
      [department, IIT.id],
    ]),
  );
  expect(new Set(channels.map(({ code }) => code)).size).toBe(8);
  for (const { code, url, state, service } of channels) {
    expect(isChannelCode(code)).toBe(true);
    expect(url).toBe(`${ORIGIN}/s/${code}`);
    expect({ state, service }).toEqual({ state: 'open', service: null });
  }
});

test.each([
  ['open', 'open'],
  ['draft', 'draft'],
  [undefined, 'open'],
])('an assessment that is to begin as %s is %s', async (begin, state) => {
  const { ask, createAssessment } = await createTestServer();
  await createAssessment();
  const reply = await ask('POST', ASSESSMENTS, { json: { ...DRAFT, fiscalYear: 2569, begin } });
  const made = assessmentSchema.parse(await reply.json());
  expect(made.life).toEqual({ state, opensOn: null, closesOn: null });
});

test.each(['closed', 'archived', ''])('no assessment begins as %j', async (begin) => {
  const { ask, signIn } = await createTestServer();
  await signIn();
  const reply = await ask('POST', ASSESSMENTS, { json: { ...DRAFT, begin } });
  expect(await problemIn(reply)).toBe('400 invalid-request');
});

test('an assessment that is sent again under its id is made once; another one under that id is refused', async () => {
  const { ask, signIn, storage } = await createTestServer();
  await signIn();
  const draft = { ...DRAFT, departments: DRAFT.departments.toReversed() };
  const send = (changes: object) =>
    ask('POST', ASSESSMENTS, { json: { ...draft, id: numberedUuid(70), ...changes } });
  const first = await send({});
  expect(first.status).toBe(201);
  const made = await first.json();
  expect(made).toEqual({ ...DRAFT, id: numberedUuid(70), ...NEW });
  const channels = await storage.listChannels(made.id);
  const again = await send({});
  expect(again.status).toBe(201);
  expect(await again.json()).toEqual(made);
  expect(await storage.listAssessments()).toHaveLength(1);
  expect(await storage.listChannels(made.id)).toEqual(channels);
  expect(await problemIn(await send({ fiscalYear: 2569 }))).toBe('400 invalid-request');
  expect(await problemIn(await send({ departments: [] }))).toBe('400 invalid-request');
  await ask('PUT', `${ASSESSMENTS}/${made.id}/deletion`, { json: { fiscalYear: 2568 } });
  expect(await problemIn(await send({}))).toBe('400 invalid-request');
});

test('the ready-made assessments can be made as they are', async () => {
  const { ask, signIn, createAssessment } = await createTestServer();
  await signIn();
  const reply = await ask('GET', '/api/v1/templates');
  expect(await reply.json()).toEqual({ templates: TEMPLATES });
  for (const { draft } of TEMPLATES) {
    const { channels } = await createAssessment(draft);
    expect(channels).toHaveLength((draft.departments.length + 1) * draft.instruments.length);
  }
});

test('the instruments of this build are listed', async () => {
  const { ask, signIn } = await createTestServer();
  await signIn();
  const { instruments } = await (await ask('GET', '/api/v1/instruments')).json();
  expect(instruments).toContainEqual(IIT);
  expect(instruments).toContainEqual(EIT);
});

test('names and targets can be changed, and a new department gets its channels', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const draft = {
    ...DRAFT,
    departments: [
      ...DRAFT.departments,
      { number: 4, name: { th: 'ฝ่ายใหม่' }, targets: {}, retired: false },
    ],
  };
  const changed = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, { json: draft });
  expect(await changed.json()).toEqual({ id: assessment.id, ...draft, ...NEW });
  const read = await ask('GET', `${ASSESSMENTS}/${assessment.id}`);
  expect(await read.json()).toEqual({ id: assessment.id, ...draft, ...NEW });
  const list = await (await ask('GET', `${ASSESSMENTS}/${assessment.id}/channels`)).json();
  expect(list.channels).toEqual(expect.arrayContaining(channels));
  expect(list.channels).toHaveLength(channels.length + 2);
});

const withDepartment = (number: number) => ({
  ...DRAFT,
  departments: [
    ...DRAFT.departments,
    { number, name: { th: `ฝ่ายที่ ${number}` }, targets: {}, retired: false },
  ],
});

async function changeAtOnce(...drafts: readonly (typeof DRAFT)[]) {
  const { ask, createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const path = `${ASSESSMENTS}/${assessment.id}`;
  const replies = await Promise.all(drafts.map((json) => ask('PUT', path, { json })));
  const list = await (await ask('GET', `${path}/channels`)).json();
  return {
    statuses: replies.map(({ status }) => status).toSorted((a, b) => a - b),
    newChannels: list.channels.length - channels.length,
  };
}

describe('two admins who change an assessment at once', () => {
  test('add the same department once', async () => {
    const { statuses, newChannels } = await changeAtOnce(withDepartment(4), withDepartment(4));
    expect(statuses).toEqual([200, 200]);
    expect(newChannels).toBe(2);
  });

  test('do not take away each other’s departments', async () => {
    const { statuses, newChannels } = await changeAtOnce(withDepartment(4), withDepartment(5));
    expect(statuses).toEqual([200, 409]);
    expect(newChannels).toBe(2);
  });

  test('add the same instrument once', async () => {
    const { ask, createAssessment } = await createTestServer();
    const { assessment } = await createAssessment({ ...DRAFT, instruments: [IIT.id] });
    const path = `${ASSESSMENTS}/${assessment.id}`;
    await Promise.all([1, 2].map(() => ask('PUT', path, { json: DRAFT })));
    const { channels } = await (await ask('GET', `${path}/channels`)).json();
    expect(channels).toHaveLength(8);
  });
});

test('where one can complain is told to every device, until the office names nothing any more', async () => {
  const { ask, createAssessment, app } = await createTestServer();
  const { assessment, channels } = await createAssessment({ ...DRAFT, complaints: [HOTLINE] });
  const path = `/api/v1/channels/${channels[0]?.code}`;
  const told = async () => channelSchema.parse(await (await app.request(path)).json()).complaints;
  expect(await told()).toEqual([HOTLINE]);
  const reply = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, { json: DRAFT });
  expect(await reply.json()).not.toHaveProperty('complaints');
  expect(await told()).toBeUndefined();
});

test('a department that is left out is refused: its posters hang', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const reply = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, {
    json: { ...DRAFT, departments: DRAFT.departments.slice(1) },
  });
  expect(await problemIn(reply)).toBe('409 department-in-use');
});

test.each([
  ['an unknown instrument', { instruments: ['iit-2599'] }, 'instruments'],
  ['an instrument twice', { instruments: [IIT.id, IIT.id] }, 'instruments'],
  ['a field of its own', { owner: 'x' }, 'body'],
  ['no departments', { departments: [] }, 'departments'],
  ['a year of the common era', { fiscalYear: 2025 }, 'fiscalYear'],
  ['a threshold that shows two people', { suppressionThreshold: 2 }, 'suppressionThreshold'],
  ['an empty name', { organization: { th: ' ' } }, 'organization.th'],
  [
    'four places to complain',
    { complaints: Array.from({ length: 4 }, () => HOTLINE) },
    'complaints',
  ],
])('an assessment with %s is refused, with the place', async (_, changes, place) => {
  const { ask, signIn } = await createTestServer();
  await signIn();
  const reply = await ask('POST', ASSESSMENTS, { json: { ...DRAFT, ...changes } });
  expect(await reply.clone().json()).toMatchObject({ detail: place });
  expect(await problemIn(reply)).toBe('400 invalid-request');
});

test('the threshold that people were told is raised, and lowered only while nobody has answered', async () => {
  const { ask, createAssessment, resultsOf } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const set = async (suppressionThreshold: number) => {
    const json = { ...DRAFT, suppressionThreshold };
    const reply = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, { json });
    return reply.ok ? reply.status : problemIn(reply);
  };
  expect(await set(4)).toBe(200);
  const code = channels.find(({ instrument }) => instrument === IIT.id)?.code ?? '';
  expect(await resultsOf([envelope(1, code)])).toMatchObject([{ result: 'accepted' }]);
  expect(await set(3)).toBe('409 threshold-told');
  expect(await set(4)).toBe(200);
  expect(await set(6)).toBe(200);
  expect(await set(5)).toBe('409 threshold-told');
  // Nor in a draft that it was made again, so that nobody sees it.
  const life = { state: 'draft', opensOn: null, closesOn: null };
  expect((await ask('PUT', `${ASSESSMENTS}/${assessment.id}/life`, { json: life })).status).toBe(
    200,
  );
  expect(await set(5)).toBe('409 threshold-told');
});

test.each(['javascript:alert(1)', 'http://office.go.th', 'mailto:a@b.go.th?body=x', 'tel:', ''])(
  'nobody is sent to %j to complain',
  async (address) => {
    const { ask, signIn } = await createTestServer();
    await signIn();
    const complaints = [{ ...HOTLINE, address }];
    const reply = await ask('POST', ASSESSMENTS, { json: { ...DRAFT, complaints } });
    expect(await problemIn(reply)).toBe('400 invalid-request');
  },
);

test('the service of a channel can be fixed where the questionnaire asks for one', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const change = (instrument: string, service: number) => {
    const code = channels.find((channel) => channel.instrument === instrument)?.code;
    return ask('PATCH', `${ASSESSMENTS}/${assessment.id}/channels/${code}`, { json: { service } });
  };
  expect(await (await change(EIT.id, 6)).json()).toMatchObject({ service: 6, state: 'open' });
  expect(await problemIn(await change(EIT.id, 7))).toBe('400 invalid-request');
  expect(await problemIn(await change(IIT.id, 1))).toBe('400 invalid-request');
});

test('a channel of another assessment is not found', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const { channels } = await createAssessment({ ...DRAFT, fiscalYear: 2569 });
  const code = channels[0]?.code;
  const reply = await ask('PATCH', `${ASSESSMENTS}/${assessment.id}/channels/${code}`, {
    json: { state: 'closed' },
  });
  expect(await problemIn(reply)).toBe('404 not-found');
});

/** Whatever reached the database would be answered as a fault. */
const reached = () => Promise.reject(new Error('reached the database'));

describe('a NUL, which one of the databases does not take,', () => {
  async function server() {
    const { ask, createAssessment, effects } = await createTestServer();
    const { assessment } = await createAssessment();
    const methods = Object.keys(effects.storage).filter((name) => name !== 'close');
    Object.assign(effects.storage, Object.fromEntries(methods.map((name) => [name, reached])));
    return { ask, own: `${ASSESSMENTS}/${assessment.id}` };
  }

  test.each([
    ['GET', `${ASSESSMENTS}/a%00b`],
    ['POST', `${ASSESSMENTS}/a%00b/copies`],
    ['DELETE', `${ASSESSMENTS}/a%00b/deletion`],
    ['DELETE', '/api/v1/account/sessions/a%00b'],
    ['DELETE', '/api/v1/account/passkeys/a%00b'],
    ['DELETE', '/api/v1/invitations/a%00b'],
  ])('names nothing: %s %s', async (method, path) => {
    const { ask } = await server();
    expect(await problemIn(await ask(method, path))).toBe('404 not-found');
  });

  test('names no channel, and finds nothing in the log', async () => {
    const { ask, own } = await server();
    const reply = await ask('PATCH', `${own}/channels/a%00b`, { json: { state: 'closed' } });
    expect(await problemIn(reply)).toBe('404 not-found');
    expect(await problemIn(await ask('GET', '/api/v1/audit?who=a%00b'))).toBe(
      '400 invalid-request',
    );
  });
});

test('a name with a NUL in it is refused, and so is one deep inside', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const [first, ...others] = DRAFT.departments;
  for (const changed of [
    { organization: { th: 'สำนัก\0งาน' } },
    { departments: [{ ...first, name: { th: 'ฝ่าย\0' } }, ...others] },
  ]) {
    const reply = await ask('PUT', `${ASSESSMENTS}/${assessment.id}`, {
      json: { ...DRAFT, ...changed },
    });
    expect(await problemIn(reply)).toBe('400 invalid-request');
  }
});

test('an office gets no second assessment of a year, by a new one or by another year of an old one, unless the first was deleted', async () => {
  const { ask, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const { assessment: next } = await createAssessment({ ...DRAFT, fiscalYear: 2569 });
  const make = () => ask('POST', ASSESSMENTS, { json: DRAFT });
  const path = `${ASSESSMENTS}/${next.id}`;
  const move = () => ask('PUT', path, { json: DRAFT });
  expect(await problemIn(await make())).toBe('409 year-taken');
  expect(await problemIn(await move())).toBe('409 year-taken');
  expect(await (await ask('GET', path)).json()).toEqual(next);
  const other = { ...DRAFT, organization: { th: 'สำนักงานเขตสาทร' } };
  expect((await ask('POST', ASSESSMENTS, { json: other })).status).toBe(201);
  await ask('PUT', `${ASSESSMENTS}/${assessment.id}/deletion`, { json: { fiscalYear: 2568 } });
  expect((await make()).status).toBe(201);
});

test('an assessment that is sent again before there was an answer is made once', async () => {
  const { ask, signIn, storage } = await createTestServer();
  await signIn();
  // Neither finds the other one, as both have looked before any is stored.
  const { ...stored } = storage;
  let looked = 0;
  storage.createAssessment = async (...made) => {
    looked += 1;
    await expect.poll(() => looked).toBe(2);
    return stored.createAssessment(...made);
  };
  const make = async () => {
    const reply = await ask('POST', ASSESSMENTS, { json: { ...DRAFT, id: numberedUuid(71) } });
    return [reply.status, (await reply.json()).id];
  };
  const made = [201, numberedUuid(71)];
  expect(await Promise.all([make(), make()])).toEqual([made, made]);
});

test('an assessment that does not exist is not found', async () => {
  const { ask, signIn } = await createTestServer();
  await signIn();
  for (const part of ['', '/channels', '/participation', '/scores'])
    expect(await problemIn(await ask('GET', `${ASSESSMENTS}/${numberedUuid(777)}${part}`))).toBe(
      '404 not-found',
    );
  expect(await problemIn(await ask('PUT', `${ASSESSMENTS}/none`, { json: DRAFT }))).toBe(
    '404 not-found',
  );
});
