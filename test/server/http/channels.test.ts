import { expect, test } from 'vitest';
import { channelSchema } from '#core/contract/channel.ts';
import { DRAFT, EIT } from '../support/fixtures.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

const UNKNOWN = '/api/v1/channels/22222222';

test('a channel carries all that a device needs to ask', async () => {
  const { app, createChannel } = await createTestServer();
  const { code } = await createChannel(EIT.id, 2);
  const reply = await app.request(`/api/v1/channels/${code}`);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(channelSchema.parse(await reply.json())).toEqual({
    code,
    state: 'open',
    admission: 'open',
    upcoming: null,
    organization: DRAFT.organization,
    fiscalYear: 2568,
    instrument: EIT,
    department: 2,
    service: null,
    departments: DRAFT.departments.map(({ number, name }) => ({ number, name })),
    suppressionThreshold: DRAFT.suppressionThreshold,
    seal: { number: 1, publicKey: expect.stringMatching(/^04[0-9a-f]{128}$/) },
  });
});

test('a code is understood as people type it', async () => {
  const { app, createChannel } = await createTestServer();
  const { code } = await createChannel(EIT.id);
  const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
  expect((await app.request(`/api/v1/channels/${typed}`)).status).toBe(200);
});

test('a mistyped code is told from an unknown one', async () => {
  const { app } = await createTestServer();
  const mistyped = await app.request('/api/v1/channels/22222223');
  expect(await problemIn(mistyped)).toBe('400 channel-mistyped');
  expect(await problemIn(await app.request(UNKNOWN))).toBe('404 channel-unknown');
});

test('a closed channel is found and says so', async () => {
  const { app, ask, createChannel } = await createTestServer();
  const { assessment, code } = await createChannel(EIT.id);
  const change = await ask('PATCH', `/api/v1/assessments/${assessment.id}/channels/${code}`, {
    json: { state: 'closed' },
  });
  expect(change.status).toBe(200);
  const reply = await app.request(`/api/v1/channels/${code}`);
  expect(reply.status).toBe(200);
  expect(channelSchema.parse(await reply.json()).state).toBe('closed');
});

test('the channels of a retired department are closed, and it is no longer offered', async () => {
  const { app, ask, createAssessment } = await createTestServer();
  const { assessment, channels } = await createAssessment();
  const { id, life: _life, deletedOn: _deletedOn, ...draft } = assessment;
  const departments = draft.departments.map((department) => ({
    ...department,
    retired: department.number === 2,
  }));
  await ask('PUT', `/api/v1/assessments/${id}`, { json: { ...draft, departments } });
  const states = await Promise.all(
    channels.map(async ({ code, department }) => {
      const reply = await app.request(`/api/v1/channels/${code}`);
      const channel = channelSchema.parse(await reply.json());
      const offered = channel.departments.map(({ number }) => number);
      return { department, state: channel.state, offered };
    }),
  );
  for (const { department, state, offered } of states) {
    expect(state).toBe(department === 2 ? 'closed' : 'open');
    expect(offered).toEqual(department === 2 ? [1, 2, 3] : [1, 3]);
  }
});

test('many wrong codes from one address are slowed down, right ones are not', async () => {
  const { app, createChannel, clock } = await createTestServer();
  const { code } = await createChannel(EIT.id);
  for (let guess = 1; guess <= 30; guess += 1)
    expect((await app.request(UNKNOWN)).status).toBe(404);
  const slowed = await app.request(UNKNOWN);
  expect(slowed.headers.get('retry-after')).toBe('10');
  expect(await problemIn(slowed)).toBe('429 too-many-requests');
  expect((await app.request('/s/22222222')).status).toBe(429);
  expect((await app.request(`/api/v1/channels/${code}`)).status).toBe(200);
  const other = await app.request(UNKNOWN, { headers: { 'x-test-address': '198.51.100.1' } });
  expect(other.status).toBe(404);
  clock.now += 10_000;
  expect((await app.request(UNKNOWN)).status).toBe(404);
});
