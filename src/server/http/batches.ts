import { batchOfUnknownsSchema, batchReplySchema, batchSchema } from '#core/contract/batch.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_ENVELOPES } from '#core/contract/protocol.ts';
import { createReceiver } from '../receiving/receive-batch.ts';
import { PROTOCOL_HEADER_FIELD } from './client-protocol.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readJsonAsSent } from './read-json.ts';
import type { Route } from './route.ts';

export function batchRoutes(effects: AppEffects): Route[] {
  const { standing } = effects;
  const receiveBatch = createReceiver(effects);

  return [
    {
      method: 'POST',
      path: '/api/v1/batches',
      summary:
        'Keeps finished responses; one result for each envelope, in order, after the commit is on disk',
      access: 'public',
      senders: 'any',
      headers: PROTOCOL_HEADER_FIELD,
      body: batchSchema,
      replies: { 200: batchReplySchema },
      problems: [
        'malformed-json',
        'not-utf8',
        'invalid-request',
        'too-many-envelopes',
        'body-too-large',
        'storage-unavailable',
      ],
      async handle(context) {
        const { envelopes } = await readJsonAsSent(
          context.req.raw,
          batchOfUnknownsSchema,
          MAX_BATCH_BYTES,
        );
        if (envelopes.length > MAX_BATCH_ENVELOPES) throw new ProblemError('too-many-envelopes');
        return context.json({ ...standing, results: await receiveBatch(envelopes) });
      },
    },
  ];
}
