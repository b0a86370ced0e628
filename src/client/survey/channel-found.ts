import type { Channel } from '#core/contract/channel.ts';
import type { ProblemCode } from '#core/contract/problem.ts';

/** What became of asking for a channel. unreachable: no network, and the device does not know the code. */
export type ChannelFound =
  | { state: 'found'; channel: Channel }
  | { state: 'problem'; code: string; problem: ProblemCode }
  | { state: 'unreachable'; code: string };
