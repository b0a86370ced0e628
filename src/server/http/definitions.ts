import * as z from 'zod/mini';
import { templateListSchema } from '#core/contract/assessment.ts';
import { instrumentSchema } from '#core/instruments/instrument.ts';
import type { AppEffects } from './effects.ts';
import type { Route } from './route.ts';

/** What this build brings as data: the questionnaires and the ready-made assessments. */
export function definitionRoutes({ instruments, templates }: AppEffects): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/instruments',
      summary: 'The questionnaires this build knows',
      access: 'signed-in',
      replies: { 200: z.object({ instruments: z.array(instrumentSchema) }) },
      problems: ['storage-unavailable'],
      handle: (context) => context.json({ instruments: [...instruments.values()] }),
    },
    {
      method: 'GET',
      path: '/api/v1/templates',
      summary: 'Ready-made assessments to start from',
      access: 'look',
      replies: { 200: templateListSchema },
      problems: ['storage-unavailable'],
      handle: (context) => context.json({ templates }),
    },
  ];
}
