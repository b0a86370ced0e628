import { cardReplySchema } from '#core/contract/card.ts';
import { enteredFiguresSchema, NO_FIGURES } from '#core/contract/figures.ts';
import { figuresTag } from '#core/contract/figures-tag.ts';
import { readCard } from '../assessments/read-card.ts';
import type { Results } from '../counting/results.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment, findChangeable } from './find-assessment.ts';
import { readJson } from './read-json.ts';
import { refuseStaleTag } from './refuse-stale.ts';
import type { Route } from './route.ts';

/** The ITA card of an assessment, and the figures that no response says and an admin types in. */
export function cardRoutes(effects: AppEffects, results: Results): Route[] {
  const { storage } = effects;
  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/card',
      summary:
        'ITA, level, tools and indicators, what keeps from the next level, and the exact numbers that it all is made of',
      access: 'look',
      replies: { 200: cardReplySchema },
      problems: ['not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        const scores = await results.scores(assessment);
        return context.json(await readCard(effects, assessment, scores));
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/assessments/:id/figures',
      summary: "Replaces the assessor's figure of the EIT and the published report to compare with",
      access: 'edit',
      audit: 'card-changed',
      headers: {
        'If-Match':
          'The tag, in quotes, of the figures that these were made from: refused if others are stored. Without it nothing is compared.',
      },
      body: enteredFiguresSchema,
      replies: { 200: enteredFiguresSchema },
      problems: [
        'invalid-request',
        'assessment-archived',
        'changed-meanwhile',
        'not-found',
        'storage-unavailable',
      ],
      async handle(context) {
        const after = await readJson(context.req.raw, enteredFiguresSchema);
        const { id } = await findChangeable(effects, context);
        // Again from the start where another admin was quicker.
        for (;;) {
          const before = await storage.findFigures(id);
          refuseStaleTag(
            context.req.header('if-match'),
            figuresTag(before ?? NO_FIGURES),
            figuresTag(after),
          );
          if (await storage.replaceFigures(id, before, after)) return context.json(after);
        }
      },
    },
  ];
}
