import type { Assessment } from '#core/contract/assessment.ts';
import { type ChecklistEntry, emptyEntry, type Oit } from '#core/contract/oit.ts';
import {
  itemCodesOf,
  oitInstrumentFor,
  type OitInstrument,
} from '#core/instruments/oit/oit-instrument.ts';
import type { Storage, StoredChecklist } from '../storage/storage.ts';

export interface OitEffects {
  storage: Storage;
  oitInstruments: ReadonlyMap<string, OitInstrument>;
}

/** The one the checklist began with; before anything is written, the one for the fiscal year. */
function instrumentOf(
  oitInstruments: ReadonlyMap<string, OitInstrument>,
  assessment: Assessment,
  stored: StoredChecklist | null,
): OitInstrument {
  if (!stored) return oitInstrumentFor(assessment.fiscalYear, oitInstruments.values());
  const instrument = oitInstruments.get(stored.instrument);
  if (!instrument)
    throw new Error('a checklist of an OIT instrument that this build does not know');
  return instrument;
}

/** The OIT of an assessment, whose checklist may be `stored`: an entry for every item, also where nobody wrote of it. */
export function oitOf(
  oitInstruments: ReadonlyMap<string, OitInstrument>,
  assessment: Assessment,
  stored: StoredChecklist | null,
): Oit {
  const instrument = instrumentOf(oitInstruments, assessment, stored);
  const written = new Map(
    stored?.entries.map((entry): [string, ChecklistEntry] => [entry.item, entry]),
  );
  const entries = itemCodesOf(instrument).map((item) => written.get(item) ?? emptyEntry(item));
  return { instrument, checklist: { weights: stored?.weights ?? {}, entries } };
}

/** The OIT of an assessment, as it is stored. */
export async function readOit(
  { storage, oitInstruments }: OitEffects,
  assessment: Assessment,
): Promise<Oit> {
  return oitOf(oitInstruments, assessment, await storage.findChecklist(assessment.id));
}
