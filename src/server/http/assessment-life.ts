import {
  type Assessment,
  assessmentListSchema,
  assessmentSchema,
  copySchema,
  yearSchema,
} from '#core/contract/assessment.ts';
import { lifeSchema } from '#core/contract/life.ts';
import { dayInBangkok } from '#core/life/day.ts';
import { isWithinGrace } from '#core/life/deletion.ts';
import {
  checklistToBegin,
  copyOf,
  measuresToBegin,
  withSettingsOf,
} from '../assessments/copy-assessment.ts';
import { newChannels } from '../assessments/new-channels.ts';
import { newSealSecret } from '../sealing/seal-keys.ts';
import { withinReach } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { findAssessment, findEvenDeleted } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import { refuseStale } from './refuse-stale.ts';
import type { Route } from './route.ts';

const IF_MATCH = {
  'If-Match':
    'The tag, in quotes, of the assessment as the sender saw it: refused if another is stored. Without it nothing is compared.',
};

/** The life of an assessment: draft, open, closed, archived; the next year's copy; deletion and having it back. */
export function assessmentLifeRoutes(effects: AppEffects): Route[] {
  const { storage, randomness, now } = effects;

  /** Changes what is stored at the moment; again from the start where another admin was quicker. */
  async function change(
    context: AppContext,
    find: typeof findAssessment,
    changed: (before: Assessment) => Assessment,
  ): Promise<Assessment> {
    for (;;) {
      const before = await find(effects, context);
      const after = changed(before);
      refuseStale(context.req.header('if-match'), before, after);
      const outcome = await storage.updateAssessment(before, after, []);
      if (outcome === 'done') return after;
      if (outcome === 'year-taken') throw new ProblemError(outcome, 'fiscalYear');
    }
  }

  return [
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id/life',
      summary:
        'Opens, closes or archives an assessment, or sets the days on which it opens and closes by itself',
      access: 'edit',
      audit: 'assessment-state-changed',
      headers: IF_MATCH,
      body: lifeSchema,
      replies: { 200: assessmentSchema },
      problems: ['invalid-request', 'changed-meanwhile', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const life = await readJson(context.req.raw, lifeSchema);
        const after = await change(context, findAssessment, (before) => ({ ...before, life }));
        context.set('audited', { details: { state: life.state } });
        return context.json(after);
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/copies',
      summary:
        'Makes a draft of another year with the departments in use, the settings of the channels under new codes, the checklist to begin with, and the measures that are left to do',
      access: 'edit',
      audit: 'assessment-copied',
      body: copySchema,
      replies: { 201: assessmentSchema },
      problems: ['invalid-request', 'year-taken', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { fiscalYear, repeatDone = false } = await readJson(context.req.raw, copySchema);
        const original = await findAssessment(effects, context);
        const organization = await storage.organizationOf(original.id);
        if (organization === null) throw new ProblemError('not-found');
        const copy = copyOf(original, randomness.uuid(), fiscalYear);
        const originals = await storage.listChannels(original.id);
        const channels = withSettingsOf(originals, await newChannels(effects, copy, []));
        const checklist = checklistToBegin(await storage.findChecklist(original.id));
        const measures = measuresToBegin(await storage.listMeasures(original.id), repeatDone);
        const sealSecret = newSealSecret(randomness);
        const outcome = await storage.createAssessment(copy, channels, {
          organization,
          checklist,
          measures,
          sealSecret,
          isFirstOfYear: true,
        });
        if (outcome === 'year-taken') throw new ProblemError(outcome, 'fiscalYear');
        context.set('audited', { details: { year: String(fiscalYear) } });
        return context.json(copy, 201);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/deleted-assessments',
      summary: 'The assessments that are deleted and can still be had back',
      access: 'look',
      replies: { 200: assessmentListSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const today = dayInBangkok(now());
        const assessments = await storage.listAssessments();
        const left = assessments.filter(
          ({ deletedOn }) => deletedOn !== null && isWithinGrace(deletedOn, today),
        );
        return context.json({ assessments: await withinReach(effects, context, left) });
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id/deletion',
      summary:
        'Deletes an assessment with all its responses; the sender names its fiscal year. It can be had back for 30 days',
      access: 'own',
      audit: 'assessment-deleted',
      headers: IF_MATCH,
      body: yearSchema,
      replies: { 200: assessmentSchema },
      problems: ['invalid-request', 'changed-meanwhile', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const { fiscalYear } = await readJson(context.req.raw, yearSchema);
        const deletedOn = dayInBangkok(now());
        const after = await change(context, findEvenDeleted, (before) => {
          if (before.fiscalYear !== fiscalYear)
            throw new ProblemError('invalid-request', 'fiscalYear');
          // Deleted again, because the answer got lost: the grace does not begin anew.
          return { ...before, deletedOn: before.deletedOn ?? deletedOn };
        });
        context.set('audited', { details: { year: String(fiscalYear) } });
        return context.json(after);
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/assessments/:id/deletion',
      summary:
        'Brings a deleted assessment back as it was, unless its organization has another one of the year by now',
      access: 'own',
      audit: 'assessment-brought-back',
      replies: { 200: assessmentSchema },
      problems: ['changed-meanwhile', 'year-taken', 'not-found', 'storage-unavailable'],
      async handle(context) {
        const today = dayInBangkok(now());
        const after = await change(context, findEvenDeleted, (before) => {
          // From then on it is being removed, and what is left of it may not be whole.
          if (before.deletedOn !== null && !isWithinGrace(before.deletedOn, today))
            throw new ProblemError('not-found');
          return { ...before, deletedOn: null };
        });
        return context.json(after);
      },
    },
  ];
}
