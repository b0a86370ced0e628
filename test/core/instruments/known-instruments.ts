import eitJson from '#core/instruments/eit-2567.json' with { type: 'json' };
import iitJson from '#core/instruments/iit-2567.json' with { type: 'json' };
import { instrumentSchema } from '#core/instruments/instrument.ts';

export const iit = instrumentSchema.parse(iitJson);
export const eit = instrumentSchema.parse(eitJson);
