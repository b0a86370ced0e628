// Asked where the page did not bring its channel: a later visit, or a code that was typed.
import * as z from 'zod/mini';
import type { Channel } from '#core/contract/channel.ts';
import { deviceProblemSchema } from '#core/contract/device-problem.ts';
import { channelAddress } from './channel-store.ts';
import type { ChannelFound } from './channel-found.ts';

/** After this long a person is better served by "try again" than by more waiting. */
export const CHANNEL_LIMIT_MS = 15_000;

/**
 * Enough to know our own server from whatever else may answer, such as a captive portal. The rest is trusted as in the
 * page's data, and what a newer server adds must not keep an older app from asking its questions.
 */
const signsOfChannelSchema = z.looseObject({
  code: z.string(),
  state: z.enum(['open', 'closed']),
  organization: z.looseObject({ th: z.string() }),
  instrument: z.looseObject({
    id: z.string(),
    scales: z.looseObject({}),
    items: z.array(z.unknown()),
    fields: z.array(z.unknown()),
  }),
  departments: z.array(z.unknown()),
});

const isChannel = (body: unknown): body is Channel => signsOfChannelSchema.safeParse(body).success;

/** Asks the server. Never rejects: no answer is an answer. */
export async function loadChannel(code: string, fetcher: typeof fetch): Promise<ChannelFound> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), CHANNEL_LIMIT_MS);
  try {
    const reply = await fetcher(channelAddress(code), {
      headers: { accept: 'application/json' },
      signal: limit.signal,
    });
    const body: unknown = await reply.json();
    if (!reply.ok) return { state: 'problem', code, problem: deviceProblemSchema.parse(body).code };
    return isChannel(body) ? { state: 'found', channel: body } : { state: 'unreachable', code };
  } catch {
    return { state: 'unreachable', code };
  } finally {
    clearTimeout(timer);
  }
}
