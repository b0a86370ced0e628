import * as z from 'zod/mini';
import { serverStandingSchema } from '#core/contract/epoch.ts';

const batchSchema = z.object({ envelopes: z.array(z.object({ id: z.string() })) });

/**
 * The control's broken device: it takes what it has handed to the network for delivered. Its fetch answers a batch itself,
 * at once and well, while the real request goes its uncertain way.
 */
export async function forgeAcceptance(
  serverUrl: string,
): Promise<(address: string, request: RequestInit) => Promise<Response>> {
  // What a server says of itself comes with every reply, also to a batch of nonsense.
  const reply = await fetch(`${serverUrl}/api/v1/batches`, {
    method: 'POST',
    body: JSON.stringify({ envelopes: [{}] }),
  });
  const standing = serverStandingSchema.parse(await reply.json());
  return async function sendAndForget(address, request) {
    const sent = fetch(address, request);
    if (!address.endsWith('/api/v1/batches')) return sent;
    void sent.then((answer) => answer.text()).catch(() => undefined);
    const { envelopes } = batchSchema.parse(JSON.parse(z.string().parse(request.body)));
    return Response.json({
      ...standing,
      results: envelopes.map(({ id }) => ({ id, result: 'accepted' })),
    });
  };
}
