import type { Assessment } from '#core/contract/assessment.ts';
import { checklistEntrySchema, type Oit, oitSchema } from '#core/contract/oit.ts';
import { type Fraction, toTwoDecimals } from '#core/scoring/fraction.ts';
import { scoreOit } from '#core/scoring/oit.ts';
import type { ApiClient } from './api-client.ts';
import { isEqual, type Row, tableOf } from './comparison.ts';
import type { PublishedOit } from './published-report.ts';
import type { Screen } from './run-demo.ts';

const told = (exact: Fraction | null) => (exact === null ? null : toTwoDecimals(exact));

/** Sub-indicators, then indicators, then the whole, each beside what was published. */
function rowsOf({ instrument, checklist }: Oit, published: PublishedOit): Row[] {
  const score = scoreOit(instrument, checklist);
  return [
    ...score.subIndicators.map(({ code, exact }) => ({
      what: `sub-ind. ${code}`,
      score: told(exact),
      published: published.subIndicators[code] ?? '',
    })),
    ...score.indicators.map(({ indicator, exact }) => ({
      what: `indicator ${indicator}`,
      score: told(exact),
      published: published.indicators[indicator] ?? '',
    })),
    { what: 'OIT', score: told(score.exact), published: published.score },
  ];
}

/**
 * Judges the items of the checklist as the published report does, those alone that nobody has judged yet, and tells what
 * that comes to. True if it is the published score, or somebody judged otherwise.
 *
 * @throws DemoProblem for what whoever runs it can mend
 */
export async function demoOit(
  api: ApiClient,
  screen: Screen,
  assessment: Assessment,
  published: PublishedOit,
): Promise<boolean> {
  const path = `/api/v1/assessments/${assessment.id}/oit`;
  const { checklist } = await api.get(path, oitSchema);
  const open = checklist.entries.filter(({ points }) => points === null);
  for (const entry of open) {
    const isMet = published.items[entry.item] === '100.00';
    // A met item was on the web site; which page it was is not published.
    const judged = isMet ? { ...entry, state: 'published', points: 100 } : { ...entry, points: 0 };
    await api.put(`${path}/entries/${entry.item}`, judged, checklistEntrySchema);
  }
  const oit = await api.get(path, oitSchema);
  const rows = rowsOf(oit, published);
  screen.say(`\nOIT: ${oit.checklist.entries.length} items`);
  for (const line of tableOf(rows)) screen.say(line);
  const isOther = oit.checklist.entries.some(
    ({ item, points }) => published.items[item] !== `${points}.00`,
  );
  if (isOther) screen.say('  The office has judged some items otherwise than the report.');
  return isOther || rows.every(isEqual);
}
