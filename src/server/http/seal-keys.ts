import { sealStandingSchema } from '#core/seal/seal-key.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

/** The key that devices seal responses to, and a new one in its place. */
export function sealKeyRoutes(effects: AppEffects): Route[] {
  const { storage, sealKeys } = effects;

  async function standing(assessment: string) {
    return { seal: await sealKeys.current(assessment) };
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/seal-key',
      summary:
        'What devices seal responses to; null for an assessment from before there was sealing',
      access: 'look',
      replies: { 200: sealStandingSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const { id } = await findAssessment(effects, context);
        return context.json(await standing(id));
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/seal-keys',
      summary: 'Makes a new key; what was sealed to the ones before still opens',
      access: 'own',
      audit: 'seal-key-renewed',
      replies: { 201: sealStandingSchema },
      problems: ['not-found', 'assessment-archived', 'storage-unavailable'],
      async handle(context) {
        // Nothing is sealed any more for what is archived.
        const { id } = await findChangeable(effects, context);
        if ((await storage.renewSealKey(id)) === null) throw new ProblemError('not-found');
        return context.json(await standing(id), 201);
      },
    },
  ];
}
