import * as z from 'zod/mini';
import { isEasyPin } from '../kiosk/easy-pin.ts';
import { channelCodeSchema } from './channel-code-schema.ts';

export const DEFAULT_IDLE_SECONDS = 45;
export const IDLE_SECONDS = { least: 20, most: 600 } as const;
export const MAX_KIOSK_NAME_CHARACTERS = 80;
export const MOST_COUNTERS = 40;
export const PIN_DIGITS = { least: 6, most: 10 } as const;

/** What an admin sets of a counter's tablet: what staff call it, the counters to choose from, when it asks who is still there. */
const settings = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_KIOSK_NAME_CHARACTERS)),
  channels: z.array(channelCodeSchema).check(
    z.minLength(1),
    z.maxLength(MOST_COUNTERS),
    z.refine((codes) => new Set(codes).size === codes.length, { error: 'a channel comes twice' }),
  ),
  idleSeconds: z.int().check(z.minimum(IDLE_SECONDS.least), z.maximum(IDLE_SECONDS.most)),
};

/** What staff type on the tablet to leave. */
const pinSchema = z.string().check(
  z.regex(new RegExp(`^\\d{${PIN_DIGITS.least},${PIN_DIGITS.most}}$`)),
  z.refine((pin) => !isEasyPin(pin), { error: 'easily guessed' }),
);

/** POST /api/v1/assessments/:id/kiosks */
export const newKioskSchema = z.strictObject({ ...settings, pin: pinSchema });

export type NewKiosk = z.infer<typeof newKioskSchema>;

/** PUT /api/v1/assessments/:id/kiosks/:kiosk; without a PIN the one that is set stays. */
export const kioskChangeSchema = z.strictObject({ ...settings, pin: z.optional(pinSchema) });

export type KioskChange = z.infer<typeof kioskChangeSchema>;

/** A kiosk as the office sees it. `seenOn`: the day in Thailand on which it last asked for its settings. */
export const kioskSchema = z.strictObject({
  id: z.uuidv4(),
  ...settings,
  /** waits: a link is good and nobody has opened it; lapsed: it was not opened in time. */
  state: z.enum(['waits', 'lapsed', 'enrolled']),
  seenOn: z.nullable(z.iso.date()),
});

export type Kiosk = z.infer<typeof kioskSchema>;

export const kioskListSchema = z.object({ kiosks: z.array(kioskSchema) });

/** The link is told this once: the server keeps only a hash of what it says. `expiresAt`: ISO, UTC. */
export const kioskLinkSchema = z.strictObject({ link: z.string(), expiresAt: z.string() });

export type KioskLink = z.infer<typeof kioskLinkSchema>;

/** What a new kiosk is answered with. */
export const madeKioskSchema = z.strictObject({ kiosk: kioskSchema, link: kioskLinkSchema });

export type MadeKiosk = z.infer<typeof madeKioskSchema>;

/** 128 random bits in base64url. */
const tokenSchema = z.string().check(z.minLength(20), z.maxLength(100));

/** POST /api/v1/kiosk/contact: the tablet asks for its settings. */
export const kioskContactSchema = z.strictObject({ token: tokenSchema });

/**
 * POST /api/v1/kiosk/enrolment: the tablet shows the token of its link, which works once, and says by what it will be known
 * from then on. The same again is answered the same, should the answer get lost.
 */
export const kioskEnrolmentSchema = z.strictObject({ link: tokenSchema, token: tokenSchema });

/** All that a tablet is told of itself. What it asks of people it gets as any device does, channel by channel. */
export const kioskSettingsSchema = z.strictObject({
  ...settings,
  pin: z.strictObject({ salt: z.string(), hash: z.string() }),
});

export type KioskSettings = z.infer<typeof kioskSettingsSchema>;
