import { readFileSync } from 'node:fs';
import { templateSchema } from '#core/contract/assessment.ts';
import { instrumentSchema, type Instrument } from '#core/instruments/instrument.ts';

const CORE = new URL('../../../src/core/', import.meta.url);

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, CORE), 'utf8'));

const INSTRUMENTS = ['eit-2567', 'iit-2567'].map((id) =>
  instrumentSchema.parse(read(`instruments/${id}.json`)),
);

/** The departments of the template that the journeys' office is made from. */
export const DEPARTMENTS = templateSchema.parse(read('templates/bangkok-district-2568.json')).draft
  .departments;

export function instrumentOf(id: string): Instrument {
  const found = INSTRUMENTS.find((instrument) => instrument.id === id);
  if (!found) throw new Error(`no instrument ${id}`);
  return found;
}
