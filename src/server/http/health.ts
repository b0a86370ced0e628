import * as z from 'zod/mini';
import type { AppEffects } from './effects.ts';
import type { Route } from './route.ts';

export function healthRoutes({ storage }: AppEffects): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      summary: 'Whether the server and its database answer',
      access: 'public',
      replies: { 200: z.object({ status: z.literal('ok') }) },
      problems: ['storage-unavailable'],
      async handle(context) {
        await storage.ping();
        return context.json({ status: 'ok' });
      },
    },
  ];
}
