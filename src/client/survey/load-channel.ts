// Loaded only where the page did not bring its channel: an offline start, or a code that was typed. Brings zod along.
import { channelSchema } from '#core/contract/channel.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { channelAddress } from './channel-store.ts';
import type { ChannelFound } from './channel-found.ts';

/** Asks the server, or the service worker in its place. Never rejects: no answer is an answer. */
export async function loadChannel(code: string, fetcher: typeof fetch): Promise<ChannelFound> {
  try {
    const reply = await fetcher(channelAddress(code), { headers: { accept: 'application/json' } });
    const body: unknown = await reply.json();
    if (reply.ok) return { state: 'found', channel: channelSchema.parse(body) };
    return { state: 'problem', code, problem: problemSchema.parse(body).code };
  } catch {
    return { state: 'unreachable', code };
  }
}
