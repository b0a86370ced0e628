// A parameter that comes twice, or from where it is not looked for.
import { expect, test } from 'vitest';
import { problemIn } from '../support/test-server.ts';
import { createOffice } from './support/office.ts';

test('a parameter that is sent twice counts once, and one in a list is none', async () => {
  const { server, own } = await createOffice();
  const path = `/api/v1/assessments/${own.assessment}/report/page`;
  const first = await server.ask('GET', `${path}?language=th&language=en`);
  expect(await first.json()).toMatchObject({ language: 'th' });
  for (const query of [
    'language[]=th',
    'language[0]=th',
    'language=th,en',
    'language%00=th',
    'Language=th',
  ])
    expect(await problemIn(await server.ask('GET', `${path}?${query}`))).toBe(
      '400 invalid-request',
    );
});

test('what belongs into the body is not read from the address, a form or a cookie', async () => {
  const { server, own } = await createOffice();
  const path = `/api/v1/assessments/${own.assessment}/channels/${own.channel}?state=closed`;
  const asked = [
    { json: {}, headers: { cookie: `${server.cookie()}; state=closed`, state: 'closed' } },
    { body: 'state=closed', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ];
  const [empty, form] = await Promise.all(asked.map(async (one) => server.ask('PATCH', path, one)));
  expect(await empty?.json()).toMatchObject({ state: 'open' });
  expect(form?.status).toBe(400);
  const list = await server.ask('GET', `/api/v1/assessments/${own.assessment}/channels`);
  const { channels } = await list.json();
  expect(channels.filter(({ state }: { state: string }) => state === 'closed')).toEqual([]);
});
