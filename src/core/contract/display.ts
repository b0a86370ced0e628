import * as z from 'zod/mini';
import { channelCodeSchema } from './channel-code-schema.ts';
import { localizedNameSchema } from './language-schema.ts';

/** A link made for a channel's display: POST /api/v1/assessments/:id/channels/:code/display. Told this once; it works once. */
export const madeDisplaySchema = z.strictObject({
  link: z.string(),
  /** ISO, UTC. */
  expiresAt: z.string(),
});

export type MadeDisplay = z.infer<typeof madeDisplaySchema>;

/** The displays of an assessment's channels: offered = its link was not opened yet. */
export const displayListSchema = z.strictObject({
  displays: z.array(
    z.strictObject({ channel: channelCodeSchema, state: z.enum(['offered', 'open']) }),
  ),
});

export type DisplayList = z.infer<typeof displayListSchema>['displays'];

/** POST /api/v1/displays: the token of the link. */
export const displayOpeningSchema = z.strictObject({ token: z.string().check(z.maxLength(100)) });

/** What stands on a display beside its code. `url` is the channel's own, without a mark. */
export const displayStandingSchema = z.object({
  channel: channelCodeSchema,
  url: z.string(),
  organization: localizedNameSchema,
  department: z.nullable(localizedNameSchema),
  state: z.enum(['open', 'closed']),
});

export type DisplayStanding = z.infer<typeof displayStandingSchema>;

/** What a display is given once. `id` is how it asks for its standing later on; `secret`: 256 bits in hex. */
export const openedDisplaySchema = z.object({
  id: z.uuidv4(),
  secret: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  standing: displayStandingSchema,
});

export type OpenedDisplay = z.infer<typeof openedDisplaySchema>;
