import json from '#core/instruments/oit/oit-2567.json' with { type: 'json' };
import { emptyEntry, type Checklist, type ChecklistEntry } from '#core/contract/oit.ts';
import { itemCodesOf, oitInstrumentSchema } from '#core/instruments/oit/oit-instrument.ts';

export const oit = oitInstrumentSchema.parse(json);

/** A checklist with 100 for every item, changed where a test says so. */
export function checklist(
  changes: Readonly<Record<string, Partial<ChecklistEntry>>> = {},
  weights: Checklist['weights'] = {},
): Checklist {
  return {
    weights,
    entries: itemCodesOf(oit).map((item) => ({
      ...emptyEntry(item),
      points: 100,
      ...changes[item],
    })),
  };
}
