import { expect, test } from 'vitest';
import { participationSchema } from '#core/contract/participation.ts';
import { reportSchema } from '#core/contract/report.ts';
import { EIT, envelope, response } from '../support/fixtures.ts';
import { createTestServer } from '../support/test-server.ts';

const DAY = 24 * 60 * 60_000;

test('a channel on which far more answered in one day than is usual is told of, in the report too', async () => {
  const server = await createTestServer();
  const { assessment, channels } = await server.createAssessment();
  const counters = channels.filter(({ instrument }) => instrument === EIT.id);
  let sent = 0;
  async function answer(people: number, code: string, department: number | null) {
    const envelopes = Array.from({ length: people }, () => {
      const content = response(EIT);
      const respondent = { ...content.respondent, department: department ?? 1 };
      return envelope((sent += 1), code, { ...content, respondent });
    });
    for (let first = 0; first < people; first += 50)
      await server.resultsOf(envelopes.slice(first, first + 50));
  }
  for (const people of [3, 5]) {
    for (const { code, department } of counters) await answer(people, code, department);
    server.clock.now += DAY;
  }
  const path = `/api/v1/assessments/${assessment.id}`;
  const standingOut = async () => {
    const reply = await server.ask('GET', `${path}/participation`);
    const { instruments } = participationSchema.parse(await reply.json());
    return instruments.flatMap((counted) => counted.standingOut);
  };
  expect(await standingOut()).toEqual([]);

  const [stuffed] = counters.filter(({ department }) => department === 2);
  if (!stuffed) throw new Error('no such counter');
  await answer(60, stuffed.code, 2);
  expect(await standingOut()).toEqual([
    { code: stuffed.code, department: 2, day: '2024-11-22', n: 60, usual: 5 },
  ]);
  const report = await server.ask('GET', `${path}/report/page?language=en`);
  const tables = reportSchema.parse(await report.json()).sections.flatMap((one) => one.tables);
  expect(tables.find(({ id }) => id === `quality-rates-${EIT.id}`)?.rows).toEqual([
    [
      { type: 'text', text: `ฝ่ายที่ 2 · ${stuffed.code}` },
      { type: 'day', day: '2024-11-22' },
      { type: 'count', value: 60 },
      { type: 'count', value: 5 },
    ],
  ]);
});
