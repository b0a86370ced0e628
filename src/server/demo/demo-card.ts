import type { Assessment } from '#core/contract/assessment.ts';
import { cardReplySchema } from '#core/contract/card.ts';
import { enteredFiguresSchema, type PublishedFigures } from '#core/contract/figures.ts';
import type { ApiClient } from './api-client.ts';
import { tableOf } from './comparison.ts';
import { publishedReport } from './published-report.ts';
import type { Screen } from './run-demo.ts';

const { tools, oit, ita, fiscalYear } = publishedReport;

const NOTE =
  '  The ITA follows from the EIT of these responses, so it is another than the published one.';

const scoreOf = (tool: string) =>
  tools.find(({ instrument }) => instrument.startsWith(tool))?.score ?? null;

/** The published scores in the shape in which an admin would type them in. */
const PUBLISHED: PublishedFigures = {
  fiscalYear,
  ita,
  tools: { IIT: scoreOf('iit'), EIT: scoreOf('eit'), OIT: oit.score },
  indicators: Object.fromEntries(
    [...tools, oit].flatMap(({ indicators }) => Object.entries(indicators)),
  ),
  items: Object.fromEntries([
    ...tools.flatMap(({ items }) =>
      Object.entries(items).map(([code, { score }]) => [code, score] as const),
    ),
    ...Object.entries(oit.items),
  ]),
};

/**
 * Types the published report in, unless somebody has typed one in, and tells the tools and the ITA beside it.
 *
 * @throws DemoProblem like the client
 */
export async function demoCard(api: ApiClient, screen: Screen, { id }: Assessment): Promise<void> {
  const path = `/api/v1/assessments/${id}`;
  const { card, entered } = await api.get(`${path}/card`, cardReplySchema);
  if (entered.lastYear === null)
    await api.put(`${path}/figures`, { ...entered, lastYear: PUBLISHED }, enteredFiguresSchema);
  screen.say('\nITA');
  const lines = card.tools.map(({ tool, score }) => ({
    what: tool,
    score,
    published: PUBLISHED.tools[tool] ?? '',
  }));
  for (const line of tableOf([...lines, { what: 'ITA', score: card.ita, published: ita }]))
    screen.say(line);
  screen.say(NOTE);
}
