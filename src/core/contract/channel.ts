import * as z from 'zod/mini';
import { instrumentSchema } from '../instruments/instrument.ts';
import { sealKeySchema } from '../seal/seal-key.ts';
import { channelCodeSchema } from './channel-code-schema.ts';
import { complaintChannelsSchema } from './complaints.ts';
import { localizedNameSchema } from './language-schema.ts';

/** A department as a respondent sees it. `number` is its option number and never changes. */
export const departmentNameSchema = z.strictObject({
  number: z.int().check(z.minimum(1)),
  name: localizedNameSchema,
});

/**
 * All that the survey needs to ask its questions: what a QR code points to. It rides in the page of the first visit and
 * is kept on the device for the offline ones. `department` and `service` are option numbers, null where the person is
 * asked. `fiscalYear` is of the Buddhist era.
 */
export const channelSchema = z.strictObject({
  code: channelCodeSchema,
  state: z.enum(['open', 'closed']),
  /** Of a closed one whose assessment has not begun: the first day of answering if one is set. Else null. */
  upcoming: z.nullable(z.strictObject({ opensOn: z.nullable(z.iso.date()) })),
  organization: localizedNameSchema,
  fiscalYear: z.int(),
  instrument: instrumentSchema,
  department: z.nullable(z.int()),
  service: z.nullable(z.int()),
  departments: z.array(departmentNameSchema),
  /** How many people a group has at least of which anything is shown. Left out by servers from before. */
  suppressionThreshold: z.optional(z.int()),
  /** Where one can complain, for the last screen; left out = the office names nothing. */
  complaints: z.optional(complaintChannelsSchema),
  /** code: whoever answers needs a code of their own. */
  admission: z.enum(['open', 'code']),
  /** What responses are sealed to; null for an assessment from before there was sealing. */
  seal: z.nullable(sealKeySchema),
});

export type Channel = z.infer<typeof channelSchema>;
