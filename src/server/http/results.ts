import { participationSchema } from '#core/contract/participation.ts';
import { scoresQuerySchema, scoresReplySchema } from '#core/contract/scores.ts';
import { readCard } from '../assessments/read-card.ts';
import type { Results } from '../counting/results.ts';
import type { AppEffects } from './effects.ts';
import { findAssessment } from './find-assessment.ts';
import { readQuery } from './read-query.ts';
import type { Route } from './route.ts';

const MINUTE_MS = 60_000;

/** Nobody needs to know it more exactly. */
const minuteOf = (moment: number) =>
  new Date(Math.floor(moment / MINUTE_MS) * MINUTE_MS).toISOString();

/** What an admin sees of the responses: how many there are, and the scores that may be shown. */
export function resultRoutes(effects: AppEffects, results: Results): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/participation',
      summary: 'How many answered, by department, channel and day',
      access: 'look',
      replies: { 200: participationSchema },
      problems: ['not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const assessment = await findAssessment(effects, context);
        return context.json(await results.participation(assessment));
      },
    },
    {
      method: 'GET',
      path: '/api/v1/assessments/:id/scores',
      summary:
        'The score of these responses, of the whole office and of every group, and how many chose which language; what few people said is hidden. Where making it takes long, that of a while ago, while the newer one is made',
      access: 'look',
      optionalQuery: {
        wait: 'yes: waits for the newest',
        card: 'yes: with the ITA card that is made of these scores',
      },
      replies: { 200: scoresReplySchema },
      problems: ['invalid-request', 'not-found', 'counting-underway', 'storage-unavailable'],
      async handle(context) {
        const query = readQuery(context, scoresQuerySchema);
        const assessment = await findAssessment(effects, context);
        const asked = effects.now();
        const { scores, asOf, isLatest } = query.wait
          ? { scores: await results.scores(assessment), asOf: asked, isLatest: true }
          : await results.recentScores(assessment);
        const card = query.card && (await readCard(effects, assessment, scores));
        return context.json({
          ...scores,
          asOf: minuteOf(asOf),
          isLatest,
          ...(card && { card }),
        });
      },
    },
    {
      method: 'POST',
      path: '/api/v1/assessments/:id/scores/prints',
      summary: 'Tells the log that somebody is about to print the scores',
      access: 'look',
      audit: 'scores-printed',
      replies: { 204: null },
      problems: ['not-found', 'storage-unavailable'],
      async handle(context) {
        await findAssessment(effects, context);
        return context.body(null, 204);
      },
    },
  ];
}
