import { serverStandingSchema, type ServerStanding } from '#core/contract/epoch.ts';

/** What a server says of itself: it comes with every reply, also to a batch of nonsense. */
export async function standingOf(serverUrl: string): Promise<ServerStanding> {
  const reply = await fetch(`${serverUrl}/api/v1/batches`, {
    method: 'POST',
    body: JSON.stringify({ envelopes: [{}] }),
  });
  return serverStandingSchema.parse(await reply.json());
}
