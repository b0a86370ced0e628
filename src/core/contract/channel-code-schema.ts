import * as z from 'zod/mini';
import { isChannelCode } from './channel-code.ts';

export const channelCodeSchema = z
  .string()
  .check(z.refine(isChannelCode, { error: 'not a channel code' }));
