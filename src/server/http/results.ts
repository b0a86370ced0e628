import { participationSchema } from '#core/contract/participation.ts';
import { scoresSchema } from '#core/contract/scores.ts';
import { scoresOf } from '#core/scoring/scores.ts';
import { createCounter } from '../counting/count-responses.ts';
import { participationOf } from '../counting/participation.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import type { Route } from './route.ts';

/** What an admin sees of the responses: how many there are, and the scores that may be shown. */
export function resultRoutes(effects: AppEffects): Route[] {
  const { storage } = effects;
  const countResponses = createCounter(effects);

  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/participation',
      summary: 'How many answered, by department, language and day',
      access: 'look',
      replies: { 200: participationSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        const counts = await countResponses(assessment);
        const channels = await storage.listChannels(assessment.id);
        const setAside = await storage.countSetAside(channels.map(({ code }) => code));
        return context.json(participationOf(assessment, counts, setAside));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/scores',
      summary: 'The score of these responses; what few people said is hidden',
      access: 'look',
      replies: { 200: scoresSchema },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        return context.json(scoresOf(await countResponses(assessment)));
      },
    },
  ];
}
