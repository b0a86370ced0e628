// What Send needs, of a phone and of a counter's tablet: the outbox brings IndexedDB's wrapper along, the envelope zod, the seal HPKE.
import type { mayBeStored, toEnvelope } from '../seal/sealed-envelope.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { saveFile } from './save-file.ts';

export { mayBeStored, toEnvelope } from '../seal/sealed-envelope.ts';
export { openOutbox } from '../sync/open-outbox.ts';
export { saveFile } from './save-file.ts';

/** What the survey needs of this module. */
export interface SendingParts {
  toEnvelope: typeof toEnvelope;
  mayBeStored: typeof mayBeStored;
  openOutbox: () => Promise<Outbox>;
  /** Comes along ahead, because it is needed where nothing else can be had. */
  saveFile: typeof saveFile;
}
