import { isChannelCode, normalizeChannelCode } from '#core/contract/channel-code.ts';
import { channelSchema } from '#core/contract/channel.ts';
import { findChannel } from '../assessments/find-channel.ts';
import type { AppEffects } from './effects.ts';
import type { GuessLimit } from './guess-limit.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

export function channelRoutes(effects: AppEffects, countWrongGuess: GuessLimit): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/channels/:code',
      summary:
        'All that a device needs to ask the questions of a channel; a closed one is told by its state',
      access: 'public',
      replies: { 200: channelSchema },
      problems: ['channel-mistyped', 'channel-unknown', 'storage-unavailable'],
      async handle(context) {
        const code = normalizeChannelCode(context.req.param('code') ?? '');
        if (!isChannelCode(code)) throw new ProblemError('channel-mistyped');
        const channel = await findChannel(effects, code);
        if (!channel) {
          const wait = await countWrongGuess(context);
          if (wait > 0) throw new ProblemError('too-many-requests', undefined, wait);
          throw new ProblemError('channel-unknown');
        }
        return context.json(channel);
      },
    },
  ];
}
