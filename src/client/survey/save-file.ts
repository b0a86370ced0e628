import type { Envelope } from '#core/contract/envelope.ts';
import { envelopeFile } from '#core/contract/envelope-file.ts';

/** How long the browser has to fetch the file after the click. */
const FETCH_LIMIT_MS = 60_000;

/** Saves envelopes to a file of the device, for the office to import by hand. They stay in the outbox all the same. */
export function saveFile(envelopes: readonly Envelope[], today: string): void {
  const file = new Blob([envelopeFile(envelopes)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `sucharit-${today}-${envelopes.length}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FETCH_LIMIT_MS);
}
