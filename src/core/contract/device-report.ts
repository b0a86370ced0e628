import * as z from 'zod/mini';
import { channelCodeSchema } from './channel-code-schema.ts';
import { serverStandingSchema } from './epoch.ts';

const countSchema = z.int().check(z.minimum(0), z.maximum(1_000_000));

/** Most reports in one request: one for each channel that a device has answered. */
export const MAX_REPORTS = 50;

/**
 * How many responses of one channel a device finished and what became of them, so that a loss is noticed. `id` is random,
 * made for this channel on this device: two channels of one device cannot be linked, and nothing leads to a response. A
 * higher `revision` replaces a lower one. finished = acknowledged + waiting + refused. `oldestWaitingHours`: the age of what
 * waits longest, in whole hours by the device's clock; null where nothing waits or is refused. `refusedBecause`: the
 * problems of what was refused, each once.
 */
export const deviceReportSchema = z.strictObject({
  id: z.uuidv4(),
  channel: channelCodeSchema,
  revision: z.int().check(z.minimum(1)),
  finished: countSchema,
  acknowledged: countSchema,
  waiting: countSchema,
  refused: countSchema,
  oldestWaitingHours: z.nullable(z.int().check(z.minimum(0), z.maximum(100_000))),
  refusedBecause: z.array(z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/))).check(z.maxLength(20)),
  isStorageNearlyFull: z.boolean(),
});

export type DeviceReport = z.infer<typeof deviceReportSchema>;

/** What a device posts to /api/v1/device-reports. */
export const deviceReportsSchema = z.strictObject({
  reports: z.array(deviceReportSchema).check(z.minLength(1), z.maxLength(MAX_REPORTS)),
});

export const deviceReportsReplySchema = serverStandingSchema;
