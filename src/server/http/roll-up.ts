import {
  type RollUp,
  type RollUpRow,
  rollUpFileQuerySchema,
  rollUpQuerySchema,
  rollUpSchema,
} from '#core/contract/roll-up.ts';
import type { LocalizedName } from '#core/contract/language-schema.ts';
import { officesWithout } from '#core/organizations/offices-without.ts';
import { rollUpLines } from '#core/report/roll-up.ts';
import type { Results } from '../counting/results.ts';
import { createRollUpRows } from '../counting/roll-up-rows.ts';
import { BYTE_ORDER_MARK, csvOf, textField } from '../export/csv.ts';
import { reachOfSender, withinReach } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { readQuery } from './read-query.ts';
import type { Route } from './route.ts';

/** The offices of a branch beside each other: each with what its own pages tell, and nothing made of several. */
export function rollUpRoutes(effects: AppEffects, results: Results): Route[] {
  const { storage, reportWords } = effects;
  const offices = createRollUpRows(effects, results);

  /** Who is missing beside those that have an assessment of the year. */
  async function namesWithout(
    context: AppContext,
    having: readonly RollUpRow[],
  ): Promise<LocalizedName[]> {
    const reach = await reachOfSender(effects, context);
    const tree = await storage.listOrganizations();
    const places = await storage.listPlaces();
    const found = officesWithout(
      tree.filter(({ id }) => reach === null || reach.has(id)),
      new Set(having.map(({ assessment }) => places.get(assessment) ?? '')),
    );
    return found.map(({ name }) => name);
  }

  async function rollUpOf(
    context: AppContext,
    year: string | undefined,
    how: 'soon' | 'whole',
  ): Promise<RollUp> {
    let years: number[] = [];
    let fiscalYear: number | null = null;
    async function read() {
      const all = await storage.listAssessments();
      const ofBranch = await withinReach(
        effects,
        context,
        all.filter(({ deletedOn }) => deletedOn === null),
      );
      years = [...new Set(ofBranch.map((one) => one.fiscalYear))].toSorted((a, b) => b - a);
      fiscalYear = year === undefined ? (years[0] ?? null) : Number(year);
      return ofBranch.filter((known) => known.fiscalYear === fiscalYear);
    }
    const rows = await offices[how](read);
    return {
      fiscalYear,
      years,
      rows: rows.toSorted((a, b) =>
        a.organization.th.localeCompare(b.organization.th, 'th', { numeric: true }),
      ),
      without: fiscalYear === null ? [] : await namesWithout(context, rows),
    };
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/roll-up',
      summary:
        'The offices of one’s branch in a fiscal year: scores that may be shown, how many answered, and the targets; what is still being counted says so',
      access: 'look',
      optionalQuery: { year: 'the fiscal year, of the Buddhist era; the latest where left out' },
      replies: { 200: rollUpSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const { year } = readQuery(context, rollUpQuerySchema);
        return context.json(await rollUpOf(context, year, 'soon'));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/roll-up/export',
      summary: 'The same as a text file for spreadsheets',
      access: 'look',
      query: { language: 'The language it is written in: th, en, zh or my' },
      optionalQuery: { year: 'the fiscal year, of the Buddhist era; the latest where left out' },
      audit: 'roll-up-exported',
      replies: { 200: null },
      mediaTypes: ['text/csv'],
      problems: ['invalid-request', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const { year, language } = readQuery(context, rollUpFileQuerySchema);
        const rollUp = await rollUpOf(context, year, 'whole');
        const lines = rollUpLines(rollUp, reportWords(language));
        context.set('audited', {
          details: { format: 'csv', count: String(rollUp.rows.length) },
        });
        const file = BYTE_ORDER_MARK + csvOf(lines.map((line) => line.map(textField)));
        return context.body(file, 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="ita-offices-${rollUp.fiscalYear ?? 'none'}.csv"`,
        });
      },
    },
  ];
}
