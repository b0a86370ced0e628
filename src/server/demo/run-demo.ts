import * as z from 'zod/mini';
import { type Assessment, channelListSchema } from '#core/contract/assessment.ts';
import { type Scores, scoresSchema } from '#core/contract/scores.ts';
import { type Instrument, instrumentSchema } from '#core/instruments/instrument.ts';
import type { ApiClient } from './api-client.ts';
import { compare, isEqual, tableOf } from './comparison.ts';
import { findOrCreateAssessment } from './demo-assessment.ts';
import { demoCard } from './demo-card.ts';
import { demoOit } from './demo-oit.ts';
import { demoEnvelopes } from './demo-envelopes.ts';
import { DemoProblem } from './demo-problem.ts';
import { demoResponses } from './demo-responses.ts';
import { type PublishedTool, publishedReport } from './published-report.ts';
import { type ResultCounts, sendEnvelopes } from './send-envelopes.ts';

/** Where the demo tells what it does. */
export interface Screen {
  say(line: string): void;
  showProgress(done: number, total: number): void;
}

const instrumentListSchema = z.object({ instruments: z.array(instrumentSchema) });

const LOT_NOTE =
  'How the answers combine in one person is not published and was drawn by lot: scores by department are not the report’s.';

const EIT_NOTE = [
  '  The published EIT scores do not follow from the published counts, which give what stands on the left.',
  '  The likeliest reason is a second part of the EIT that the assessor collects and whose counts are not published.',
];

function resultLine(counts: ResultCounts): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return `  ${told.map(([result, count]) => `${count} ${result}`).join(', ')}`;
}

/** What the scorecard says beside the published one; true if it is as it should be. */
function tellScores(screen: Screen, scores: Scores, tool: string, published: PublishedTool) {
  const office = scores.instruments.find(({ instrument }) => instrument === published.instrument);
  if (office?.office.state !== 'shown')
    throw new DemoProblem(`The server shows no scores of ${published.instrument}.`);
  const { n, value } = office.office;
  const rows = compare(tool, value, published);
  for (const line of tableOf(rows)) screen.say(line);
  if (n !== published.n) {
    screen.say(`  ${n - published.n} other responses are in this assessment and count as well.`);
    return true;
  }
  const different = rows.filter((row) => !isEqual(row)).length;
  if (tool === 'EIT') for (const line of EIT_NOTE) screen.say(line);
  else if (different > 0) screen.say(`  ${different} figures differ from the published ones.`);
  else
    screen.say(
      `  All ${value.items.length} items, ${value.indicators.length} indicators and the total ${value.score} are equal to the published ones.`,
    );
  return tool === 'EIT' || different === 0;
}

async function replay(
  api: ApiClient,
  screen: Screen,
  assessment: Assessment,
  instrument: Instrument,
  published: PublishedTool,
): Promise<ResultCounts> {
  const { channels } = await api.get(
    `/api/v1/assessments/${assessment.id}/channels`,
    channelListSchema,
  );
  const envelopes = demoEnvelopes(assessment, channels, demoResponses(instrument, published));
  screen.say(`\n${instrument.tool}: ${envelopes.length} responses`);
  const counts = await sendEnvelopes(api, envelopes, (answered) =>
    screen.showProgress(answered, envelopes.length),
  );
  screen.say(resultLine(counts));
  return counts;
}

/**
 * Replays the published report through a server's HTTP endpoint, signed in as `api` is, and tells the scorecard beside
 * the published figures. Resolves to true if every response is kept once, and the IIT and the OIT are equal to
 * the published ones.
 *
 * @throws DemoProblem for what whoever runs it can mend
 */
export async function runDemo(api: ApiClient, screen: Screen): Promise<boolean> {
  const { instruments } = await api.get('/api/v1/instruments', instrumentListSchema);
  const { assessment, isNew } = await findOrCreateAssessment(api);
  const name = `${assessment.organization.th} ${assessment.fiscalYear}`;
  screen.say(`${isNew ? 'New assessment' : 'Assessment found'}: ${name}`);
  screen.say(`Source: ${publishedReport.source}`);

  let isRight = true;
  let duplicates = 0;
  let sent = 0;
  for (const published of publishedReport.tools) {
    const instrument = instruments.find(({ id }) => id === published.instrument);
    if (!instrument)
      throw new DemoProblem(`The server has no ${published.instrument}: is it up to date?`);
    const counts = await replay(api, screen, assessment, instrument, published);
    isRight &&= counts.accepted + counts.duplicate === published.n;
    duplicates += counts.duplicate;
    sent += published.n;
    const path = `/api/v1/assessments/${assessment.id}/scores?wait=yes`;
    const scores = await api.get(path, scoresSchema);
    isRight = tellScores(screen, scores, instrument.tool, published) && isRight;
  }
  isRight = (await demoOit(api, screen, assessment, publishedReport.oit)) && isRight;
  await demoCard(api, screen, assessment);
  screen.say('');
  if (duplicates === sent)
    screen.say('Everything was there from an earlier run: nothing was doubled.');
  else if (duplicates > 0)
    screen.say(`${duplicates} responses were there from an earlier run: nothing was doubled.`);
  screen.say(LOT_NOTE);
  return isRight;
}
