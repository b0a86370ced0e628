import * as z from 'zod/mini';
import { localizedNameSchema } from './language-schema.ts';

/**
 * What a device can open: a page over https, a number to call, an address to write to. No other scheme, nothing that runs, and
 * no http, over which everybody on the way reads along.
 */
export const complaintAddressSchema = z
  .union([
    z.url({ protocol: /^https$/, hostname: z.regexes.domain }),
    z.string().check(z.regex(/^tel:\+?[0-9]{3,15}$/)),
    z.string().check(z.regex(/^mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+$/)),
  ])
  .check(z.maxLength(300));

/** Where one can complain, as the office wrote it. `address` null: its name says all, such as a letter box in the hall. */
export const complaintChannelSchema = z.strictObject({
  name: localizedNameSchema,
  address: z.nullable(complaintAddressSchema),
});

export type ComplaintChannel = z.infer<typeof complaintChannelSchema>;

/** More would not fit on the screen that thanks. */
export const MAX_COMPLAINT_CHANNELS = 3;

export const complaintChannelsSchema = z
  .array(complaintChannelSchema)
  .check(z.minLength(1), z.maxLength(MAX_COMPLAINT_CHANNELS));
