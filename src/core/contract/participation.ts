import * as z from 'zod/mini';
import { channelCodeSchema } from './channel-code-schema.ts';

const countSchema = z.int().check(z.minimum(0));

/**
 * How many answered: GET /api/v1/assessments/:id/participation. Numbers of people only, never what they said. They are
 * exact however small they are: which poster people used and when is what an office has to see to.
 * `department` null = the person would rather not say, or the channel is for the whole office and it was left open.
 */
export const participationSchema = z.object({
  instruments: z.array(
    z.object({
      instrument: z.string(),
      n: countSchema,
      /** The sum of the departments' targets; null if none has one. */
      target: z.nullable(countSchema),
      departments: z.array(
        z.object({
          department: z.nullable(z.int()),
          n: countSchema,
          target: z.nullable(countSchema),
        }),
      ),
      /** By the day the server received it (ISO, in Thailand), oldest first, days without responses left out. */
      days: z.array(z.object({ day: z.iso.date(), n: countSchema })),
      /**
       * Channels, and days of channels, that stand far out of the others: first channels as a whole (`day` null). `usual`: the
       * median of the others. @see core/scoring/standing-out.ts
       */
      standingOut: z.array(
        z.object({
          code: channelCodeSchema,
          department: z.nullable(z.int()),
          day: z.nullable(z.iso.date()),
          n: countSchema,
          usual: countSchema,
        }),
      ),
      /** What the QR code was for: null = the whole office, or the person was asked. */
      channels: z.array(
        z.object({
          code: channelCodeSchema,
          department: z.nullable(z.int()),
          service: z.nullable(z.int()),
          n: countSchema,
        }),
      ),
    }),
  ),
  /** Kept apart and not counted: instrument or version not known, or another body under a known id. */
  quarantined: countSchema,
  conflicts: countSchema,
  /** Of the staff, without a code that opens. */
  uncounted: countSchema,
  /** Stored and counted in none of the figures: damaged, so that the server cannot read them. */
  unreadable: countSchema,
});

export type Participation = z.infer<typeof participationSchema>;
