import * as z from 'zod/mini';
import { standingOf } from './standing.ts';

const batchSchema = z.object({ envelopes: z.array(z.object({ id: z.string() })) });

/**
 * The control's broken device: it takes what it has handed to the network for delivered. Its fetch answers a batch itself,
 * at once and well, while the real request goes its uncertain way.
 */
export async function forgeAcceptance(
  serverUrl: string,
): Promise<(address: string, request: RequestInit) => Promise<Response>> {
  const standing = await standingOf(serverUrl);
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
