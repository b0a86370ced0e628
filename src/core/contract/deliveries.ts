import * as z from 'zod/mini';

const countSchema = z.int().check(z.minimum(0));

/** What waits on a device for longer than this many hours raises the alarm. */
export const ALARM_AFTER_HOURS = 24;

/**
 * What the devices finished against what the server received: GET /api/v1/assessments/:id/deliveries. A device counts once
 * for each channel it answered, because nothing links its channels.
 */
export const deliveriesSchema = z.object({
  devices: countSchema,
  finished: countSchema,
  acknowledged: countSchema,
  waiting: countSchema,
  refused: countSchema,
  /** Of this assessment the server holds so many: counted, and set aside. */
  received: countSchema,
  /** Of so many channels as many devices are remembered as ever are: what others waited with there is in none of these figures. */
  crowdedChannels: z.prefault(countSchema, 0),
  /** The server itself has little room left, or none: then it takes nothing, and what is finished waits on the devices. */
  isServerNearlyFull: z.boolean(),
  /** Devices on which something waits, was refused, or whose storage is nearly full; the longest waiting first. */
  troubled: z.array(
    z.object({
      id: z.uuidv4(),
      channel: z.string(),
      waiting: countSchema,
      refused: countSchema,
      refusedBecause: z.array(z.string()),
      /** Since when the oldest waits: ISO, UTC, cut to the hour. */
      waitingSince: z.nullable(z.iso.datetime()),
      /** The day of the latest report, ISO, in Thailand. */
      reportedOn: z.iso.date(),
      isStorageNearlyFull: z.boolean(),
      /** An admin has said that this device is gone and what waits on it is lost; undone by the device's next report. */
      isWrittenOff: z.boolean(),
      isAlarming: z.boolean(),
    }),
  ),
});

export type Deliveries = z.infer<typeof deliveriesSchema>;

/** PATCH /api/v1/assessments/:id/deliveries/:device */
export const deliveryChangeSchema = z.strictObject({ isWrittenOff: z.boolean() });
