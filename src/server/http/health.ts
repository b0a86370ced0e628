import * as z from 'zod/mini';
import { readinessSchema } from '../readiness.ts';
import type { AppEffects } from './effects.ts';
import type { Route } from './route.ts';

export function healthRoutes({ readiness }: AppEffects): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      summary: 'Whether the process lives; looks at nothing else',
      access: 'public',
      replies: { 200: z.object({ status: z.literal('ok') }) },
      problems: [],
      handle: (context) => context.json({ status: 'ok' }),
    },
    {
      method: 'GET',
      path: '/readyz',
      summary:
        'Whether the process should be given requests: its database answers and it is not ending',
      access: 'public',
      replies: { 200: readinessSchema, 503: readinessSchema },
      problems: [],
      async handle(context) {
        const report = await readiness();
        return context.json(report, report.status === 'ready' ? 200 : 503);
      },
    },
  ];
}
