import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod/mini';
import {
  type RollUp,
  rollUpFileQuerySchema,
  rollUpQuerySchema,
  type RollUpRow,
  rollUpSchema,
} from '#core/contract/roll-up.ts';
import type { Assessment } from '#core/contract/assessment.ts';
import { rollUpLines } from '#core/report/roll-up.ts';
import { readCard } from '../assessments/read-card.ts';
import type { Results } from '../counting/results.ts';
import { BYTE_ORDER_MARK, csvOf, textField } from '../export/csv.ts';
import { withinReach } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

function queryOf<Schema extends z.ZodMiniType>(
  context: AppContext,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(context.req.query());
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', parsed.error.issues[0]?.path.join('.'));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** The offices of a branch beside each other: each with what its own pages tell, and nothing made of several. */
export function rollUpRoutes(effects: AppEffects, results: Results): Route[] {
  const { storage, reportWords } = effects;

  async function rowOf(assessment: Assessment): Promise<RollUpRow> {
    const { card } = await readCard(effects, results, assessment);
    const { instruments } = await results.participation(assessment);
    const scoreOf = (wanted: string) =>
      card.tools.find(({ tool }) => tool === wanted)?.score ?? null;
    const targets = instruments.flatMap(({ target }) => target ?? []);
    return {
      assessment: assessment.id,
      organization: assessment.organization,
      life: assessment.life,
      ita: card.ita,
      IIT: scoreOf('IIT'),
      EIT: scoreOf('EIT'),
      OIT: scoreOf('OIT'),
      answered: sum(instruments.map(({ n }) => n)),
      target: targets.length === 0 ? null : sum(targets),
    };
  }

  async function rollUpOf(context: AppContext, year: string | undefined): Promise<RollUp> {
    const all = await storage.listAssessments();
    const ofBranch = await withinReach(
      effects,
      context,
      all.filter(({ deletedOn }) => deletedOn === null),
    );
    const years = [...new Set(ofBranch.map(({ fiscalYear }) => fiscalYear))].toSorted(
      (a, b) => b - a,
    );
    const fiscalYear = year === undefined ? (years[0] ?? null) : Number(year);
    const rows: RollUpRow[] = [];
    // One after the other, with a pause, as SQLite answers without one: whoever else asks meanwhile does not wait for all of them.
    for (const assessment of ofBranch.filter((known) => known.fiscalYear === fiscalYear)) {
      rows.push(await rowOf(assessment));
      await setImmediate();
    }
    return {
      fiscalYear,
      years,
      rows: rows.toSorted((a, b) => a.organization.th.localeCompare(b.organization.th, 'th')),
    };
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/roll-up',
      summary:
        'The offices of one’s branch in a fiscal year: scores that may be shown, how many answered, and the targets',
      access: 'look',
      optionalQuery: { year: 'the fiscal year, of the Buddhist era; the latest where left out' },
      replies: { 200: rollUpSchema },
      problems: ['invalid-request', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const { year } = queryOf(context, rollUpQuerySchema);
        return context.json(await rollUpOf(context, year));
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
      replies: { 200: rollUpSchema },
      problems: ['invalid-request', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const { year, language } = queryOf(context, rollUpFileQuerySchema);
        const rollUp = await rollUpOf(context, year);
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
