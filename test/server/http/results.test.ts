import { expect, test, vi } from 'vitest';
import { channelListSchema } from '#core/contract/assessment.ts';
import { participationSchema } from '#core/contract/participation.ts';
import { scoresReplySchema, scoresWithCardSchema } from '#core/contract/scores.ts';
import type { Language } from '#core/contract/language.ts';
import { EIT, envelope, IIT, response } from '../support/fixtures.ts';
import { unlikePeople } from '../support/crowd.ts';
import { createTestServer, problemIn } from '../support/test-server.ts';

/** A questionnaire of somebody of a department (null: would rather not say). */
function of(department: number | null, language: Language = 'th', option = 1) {
  const plain = response(IIT);
  return {
    ...plain,
    language,
    answers: { ...plain.answers, I1: option },
    respondent: { ...plain.respondent, department },
  };
}

async function office() {
  const server = await createTestServer();
  const { assessment, code } = await server.createChannel(IIT.id);
  const path = `/api/v1/assessments/${assessment.id}`;
  const participation = async () =>
    participationSchema.parse(await (await server.ask('GET', `${path}/participation`)).json());
  const scores = async (query = '') =>
    scoresReplySchema.parse(await (await server.ask('GET', `${path}/scores${query}`)).json());
  return { ...server, assessment, code, path, participation, scores };
}

test('participation tells how many answered, by department and day', async () => {
  const { participation, resultsOf, code, clock } = await office();
  await resultsOf([envelope(1, code, of(1)), envelope(2, code, of(2, 'my'))]);
  clock.now += 24 * 60 * 60 * 1000;
  await resultsOf([envelope(3, code, of(2, 'en'))]);
  await resultsOf([
    envelope(3, code, of(2)),
    envelope(4, code, response({ ...IIT, id: 'iit-2599' })),
  ]);

  const { instruments, quarantined, conflicts } = await participation();
  expect({ quarantined, conflicts }).toEqual({ quarantined: 1, conflicts: 1 });
  const [iit, eit] = instruments;
  expect(iit).toEqual({
    instrument: IIT.id,
    standingOut: [],
    n: 3,
    target: 60,
    departments: [
      { department: 1, n: 1, target: 10 },
      { department: 2, n: 2, target: 20 },
      { department: 3, n: 0, target: 30 },
      { department: null, n: 0, target: null },
    ],
    days: [
      { day: '2024-11-20', n: 2 },
      { day: '2024-11-21', n: 1 },
    ],
    channels: expect.arrayContaining([{ code, department: null, service: null, n: 3 }]),
  });
  expect(iit?.channels.map(({ n }) => n).sort()).toEqual([0, 0, 0, 3]);
  expect(eit).toMatchObject({ n: 0, target: null, days: [] });
});

test('a stored response that cannot be read is told, and stops neither figures nor the account of what arrived', async () => {
  const { participation, resultsOf, code, handle, ask, assessment } = await office();
  await resultsOf([1, 2, 3].map((id) => envelope(id, code, of(1))));
  handle.exec("update responses set body = '{' where id in (select min(id) from responses)");
  const { instruments, unreadable } = await participation();
  expect({ n: instruments[0]?.n, unreadable }).toEqual({ n: 2, unreadable: 1 });
  const path = `/api/v1/assessments/${assessment.id}/deliveries`;
  expect(await (await ask('GET', path)).json()).toMatchObject({ received: 3 });
});

test('scores of fewer than five people are hidden, and appear with the fifth', async () => {
  const { scores, resultsOf, code } = await office();
  await resultsOf([1, 2, 3, 4].map((id) => envelope(id, code, of(1, 'th', 6))));
  const before = await scores();
  expect(before.threshold).toBe(5);
  expect(before.instruments[0]).toMatchObject({
    tool: 'IIT',
    office: { state: 'hidden', reason: 'few' },
  });
  expect(JSON.stringify(before.instruments[0])).not.toContain('100.00');

  await resultsOf([envelope(5, code, of(1, 'th', 1))]);
  const [iit] = (await scores()).instruments;
  if (iit?.office.state !== 'shown') throw new Error('the office is not shown');
  expect(iit.office.n).toBe(5);
  expect(iit.office.value.items[0]).toEqual({
    code: 'I1',
    n: 5,
    score: '80.00',
    options: [1, 0, 0, 0, 0, 4],
  });
});

test('a department is not given away by subtraction', async () => {
  const { scores, resultsOf, code } = await office();
  const departments = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3];
  await resultsOf(departments.map((department, index) => envelope(index, code, of(department))));
  const [iit] = (await scores()).instruments;
  const values = iit?.fields.find(({ field }) => field === 'department')?.values;
  expect(values?.map(({ group }) => ('reason' in group ? group.reason : 'shown'))).toEqual([
    'shown',
    'complement',
    'few',
    'shown',
  ]);
});

/** An office of so many people, none like another; the next of them come one by one. */
async function crowdedOffice(people: number) {
  const server = await office();
  const { ask, path, resultsOf, scores } = server;
  const { channels } = channelListSchema.parse(await (await ask('GET', `${path}/channels`)).json());
  const code = channels.find(({ instrument }) => instrument === EIT.id)?.code ?? '';
  const crowd = unlikePeople(people + 10).map((answers, id) => envelope(id, code, answers));
  for (let done = 0; done < people; done += 100)
    await resultsOf(crowd.slice(done, Math.min(done + 100, people)));
  let arrived = people;
  const arrive = async () => resultsOf(crowd.slice(arrived, (arrived += 1)));
  const look = async (query?: string) => {
    const { instruments, asOf, isLatest } = await scores(query);
    const eit = instruments.find(({ instrument }) => instrument === EIT.id);
    return { n: eit && 'n' in eit.office ? eit.office.n : null, asOf, isLatest };
  };
  return { ...server, arrive, look };
}

test('scores of many are told at once with the minute that they are of, and the newest to whoever waits', async () => {
  const { arrive, look, clock, ask, path } = await crowdedOffice(400);
  const before = await look();
  const minute = new Date(clock.now - (clock.now % 60_000)).toISOString();
  expect(before).toEqual({ n: 400, asOf: minute, isLatest: true });
  clock.now += 3_600_000;
  await arrive();
  expect(await look()).toEqual({ ...before, isLatest: false });
  const newest = await look('?wait=yes');
  expect(newest).toMatchObject({ n: 401, isLatest: true });
  expect(await look()).toEqual(newest);
  for (const wrong of ['scores?wait=no', 'scores?card=no'])
    expect(await problemIn(await ask('GET', `${path}/${wrong}`))).toBe('400 invalid-request');
});

test('the card of scores that are told at once is made of these, and not of newer ones', async () => {
  const { arrive, ask, path } = await crowdedOffice(400);
  const look = async () =>
    scoresWithCardSchema.parse(await (await ask('GET', `${path}/scores?card=yes`)).json());
  const before = await look();
  expect(before.isLatest).toBe(true);
  expect(await (await ask('GET', `${path}/card`)).json()).toEqual(before.card);
  await arrive();
  expect(await look()).toEqual({ ...before, isLatest: false });
});

test('a report is made of one judgement, whatever comes meanwhile', async () => {
  const { arrive, ask, path, effects } = await crowdedOffice(20);
  const judgeNow = effects.judging.judge.bind(effects.judging);
  const judge = vi.spyOn(effects.judging, 'judge').mockImplementation(async (...asked) => {
    const scores = await judgeNow(...asked);
    await arrive();
    return scores;
  });
  expect((await ask('GET', `${path}/report/page?language=th`)).status).toBe(200);
  expect(judge).toHaveBeenCalledOnce();
});

test.each(['card', 'report/page?language=th', 'report?language=th&format=json'])(
  'whatever of many goes on paper or into a file waits for the newest: %s',
  async (part) => {
    const { arrive, look, ask, path } = await crowdedOffice(310);
    await look();
    await arrive();
    expect(await look()).toMatchObject({ n: 310, isLatest: false });
    expect((await ask('GET', `${path}/${part}`)).status).toBe(200);
    expect(await look()).toMatchObject({ n: 311, isLatest: true });
  },
);
