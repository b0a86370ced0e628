import {
  type Checklist,
  checklistEntrySchema,
  checklistWeightsSchema,
  type Oit,
  oitSchema,
} from '#core/contract/oit.ts';
import { oitTag } from '#core/contract/oit-tag.ts';
import { fitWeights } from '#core/scoring/oit.ts';
import { oitOf, readOit } from '../assessments/read-oit.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseStaleTag } from './refuse-stale.ts';
import type { Route } from './route.ts';

const MAX_ENTRY_BYTES = 64 * 1024;

const ifMatch = (what: string) => ({
  'If-Match': `The tag, in quotes, of the ${what} that the sender had before them: refused if another is stored. Without it nothing is compared.`,
});

/** The OIT checklist of an assessment. It is written entry by entry, as several people of an office work on it. */
export function oitRoutes(effects: AppEffects): Route[] {
  const { storage, oitInstruments } = effects;

  /** Replaces the checklist by what `change` makes of it; again from the start where somebody else was quicker. */
  async function replace(context: AppContext, change: (oit: Oit) => Checklist): Promise<void> {
    for (;;) {
      const assessment = await findChangeable(effects, context);
      const stored = await storage.findChecklist(assessment.id);
      const before = oitOf(oitInstruments, assessment, stored);
      const after = { instrument: before.instrument.id, ...change(before) };
      if (await storage.replaceChecklist(assessment.id, stored, after)) return;
    }
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/oit',
      summary: 'What has to be published on the web site, and how far the office is with it',
      access: 'look',
      replies: { 200: oitSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        return context.json(await readOit(effects, await findAssessment(effects, context)));
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id/oit/entries/:item',
      summary: 'Replaces what the office wrote of one item',
      access: 'edit',
      audit: 'oit-changed',
      headers: ifMatch('entry'),
      body: checklistEntrySchema,
      replies: { 200: checklistEntrySchema },
      problems: [
        'invalid-request',
        'assessment-archived',
        'changed-meanwhile',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const after = await readJson(context.req.raw, checklistEntrySchema, MAX_ENTRY_BYTES);
        if (after.item !== context.req.param('item'))
          throw new ProblemError('invalid-request', 'item');
        await replace(context, ({ checklist: { weights, entries } }) => {
          const before = entries.find(({ item }) => item === after.item);
          if (!before) throw new ProblemError('not-found');
          refuseStaleTag(context.req.header('if-match'), oitTag(before), oitTag(after));
          return {
            weights,
            entries: entries.map((entry) => (entry === before ? after : entry)),
          };
        });
        context.set('audited', { details: { item: after.item, state: after.state } });
        return context.json(after);
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id/oit/weights',
      summary: 'Replaces the weights that the assessment sets in the place of assumed ones',
      access: 'edit',
      audit: 'oit-changed',
      headers: ifMatch('weights'),
      body: checklistWeightsSchema,
      replies: { 200: checklistWeightsSchema },
      problems: [
        'invalid-request',
        'assessment-archived',
        'changed-meanwhile',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const after = await readJson(context.req.raw, checklistWeightsSchema, MAX_ENTRY_BYTES);
        await replace(context, ({ instrument, checklist: { weights, entries } }) => {
          if (!fitWeights(instrument, after)) throw new ProblemError('invalid-request', 'weights');
          refuseStaleTag(context.req.header('if-match'), oitTag(weights), oitTag(after));
          return { weights: after, entries };
        });
        return context.json(after);
      },
    },
  ];
}
