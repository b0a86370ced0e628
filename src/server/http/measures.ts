import type { AuditDetails } from '#core/contract/audit.ts';
import { measureTag } from '#core/contract/measure-tag.ts';
import { type Measure, measureListSchema, measureSchema } from '#core/contract/measures.ts';
import { inOrder } from '#core/measures/progress.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseStaleTag } from './refuse-stale.ts';
import type { Route } from './route.ts';

const PATH = '/api/v1/assessments/:id/measures';
const MAX_MEASURE_BYTES = 64 * 1024;

const IF_MATCH = {
  'If-Match':
    'The tag, in quotes, of the measure that the sender had before them: refused if another is stored, or none. Without it nothing is compared.',
};

const IF_NONE_MATCH = {
  'If-None-Match': '`*` where the sender had none of that id: refused if another one is stored.',
};

/** What the log tells of a measure: never its texts. */
function detailsOf({ about, state }: Measure): AuditDetails {
  if (about.type === 'item') return { item: about.item, state };
  return about.type === 'indicator' ? { indicator: String(about.indicator), state } : { state };
}

/** What an office does about what the assessment showed, measure by measure, as several people work on them. */
export function measureRoutes(effects: AppEffects): Route[] {
  const { storage } = effects;

  const find = async (assessment: string, id: string | undefined) =>
    (await storage.listMeasures(assessment)).find((measure) => measure.id === id);

  /** Writes it over what is stored at the moment; again from the start where somebody else was quicker. */
  async function write(context: AppContext, after: Measure): Promise<void> {
    const seen = context.req.header('if-match');
    const isForNew = context.req.header('if-none-match')?.trim() === '*';
    for (;;) {
      const { id } = await findChangeable(effects, context);
      const before = await find(id, after.id);
      if (before) refuseStaleTag(isForNew ? '' : seen, measureTag(before), measureTag(after));
      else if (seen !== undefined) throw new ProblemError('changed-meanwhile');
      const isWritten = before
        ? await storage.replaceMeasure(id, before, after)
        : await storage.addMeasure(id, after);
      if (isWritten) return;
    }
  }

  /** @throws ProblemError not-found where it is gone already */
  async function remove(context: AppContext): Promise<Measure> {
    for (;;) {
      const { id } = await findChangeable(effects, context);
      const measure = await find(id, context.req.param('measure'));
      if (!measure) throw new ProblemError('not-found');
      refuseStaleTag(context.req.header('if-match'), measureTag(measure), '');
      if (await storage.removeMeasure(id, measure)) return measure;
    }
  }

  return [
    {
      method: 'GET',
      path: PATH,
      summary: 'What the office does about what the assessment showed: what is left to do first',
      access: 'look',
      replies: { 200: measureListSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        return context.json({ measures: inOrder(await storage.listMeasures(id)) });
      },
    },
    {
      method: 'PUT',
      path: `${PATH}/:measure`,
      summary: 'Adds a measure under an id that the sender made, or replaces the one of that id',
      access: 'edit',
      audit: 'measure-changed',
      headers: { ...IF_MATCH, ...IF_NONE_MATCH },
      body: measureSchema,
      replies: { 200: measureSchema },
      problems: [
        'invalid-request',
        'assessment-archived',
        'changed-meanwhile',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const measure = await readJson(context.req.raw, measureSchema, MAX_MEASURE_BYTES);
        if (measure.id !== context.req.param('measure'))
          throw new ProblemError('invalid-request', 'id');
        await write(context, measure);
        context.set('audited', { details: detailsOf(measure) });
        return context.json(measure);
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/:measure`,
      summary: 'Removes a measure; whoever still has it can add it again',
      access: 'edit',
      audit: 'measure-removed',
      headers: IF_MATCH,
      replies: { 204: null },
      problems: ['assessment-archived', 'changed-meanwhile', 'not-found', 'storage-unavailable'],
      async handle(context) {
        context.set('audited', { details: detailsOf(await remove(context)) });
        return context.body(null, 204);
      },
    },
  ];
}
