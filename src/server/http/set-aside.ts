import { envelopeFileSchema } from '#core/contract/envelope-file.ts';
import { importSchema, retrySchema, setAsideSchema } from '#core/contract/set-aside.ts';
import { dayInBangkok } from '../day.ts';
import { exportSetAside } from '../receiving/export-set-aside.ts';
import { retryQuarantined, summarizeSetAside } from '../receiving/set-aside.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { startingWith, streamOf } from './stream-of.ts';

/** What arrived but is not counted: quarantined, and other bodies under known ids. */
export function setAsideRoutes(effects: AppEffects): Route[] {
  const { storage, now, log } = effects;

  return [
    {
      method: 'POST',
      path: '/api/v1/imports',
      summary:
        'Tells the log that a file is about to be imported, with so many envelopes; they are sent to /api/v1/batches',
      access: 'edit',
      audit: 'responses-imported',
      body: importSchema,
      replies: { 204: null },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const { responses } = await readJson(context.req.raw, importSchema);
        context.set('audited', { details: { count: String(responses) } });
        return context.body(null, 204);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/set-aside',
      summary: 'What arrived but is not counted, in numbers, and why by what this build knows now',
      access: 'look',
      replies: { 200: setAsideSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        return context.json(await summarizeSetAside(effects, assessment));
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/set-aside/retry',
      summary: 'Counts what was quarantined and is understood by now',
      access: 'edit',
      audit: 'set-aside-retried',
      replies: { 200: retrySchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        return context.json(await retryQuarantined(effects, assessment));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/set-aside/export',
      summary: 'All that is set aside, as an envelope file; not found where nothing is',
      access: 'own',
      audit: 'set-aside-exported',
      replies: { 200: envelopeFileSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        const channels = await storage.listChannels(assessment.id);
        const pieces = exportSetAside(
          storage,
          channels.map(({ code }) => code),
        );
        const first = await pieces.next();
        if (first.done) throw new ProblemError('not-found');
        return context.body(streamOf(startingWith(first.value, pieces), log), 200, {
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="sucharit-set-aside-${dayInBangkok(now())}.json"`,
        });
      },
    },
  ];
}
