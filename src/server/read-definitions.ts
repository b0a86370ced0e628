import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { type Template, templateSchema } from '#core/contract/assessment.ts';
import { type Instrument, instrumentSchema } from '#core/instruments/instrument.ts';
import { type OitInstrument, oitInstrumentSchema } from '#core/instruments/oit/oit-instrument.ts';

/** Every JSON file of a folder, parsed; a file that is not in order ends the start. */
function readFolder<Schema extends z.ZodMiniType>(
  folder: string,
  schema: Schema,
): z.infer<Schema>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => schema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** The questionnaires of the folder, by id. */
export function readInstruments(folder: string): Map<string, Instrument> {
  const instruments = readFolder(folder, instrumentSchema);
  return new Map(instruments.map((instrument) => [instrument.id, instrument]));
}

/** The OIT instruments of the folder, by id. */
export function readOitInstruments(folder: string): Map<string, OitInstrument> {
  const instruments = readFolder(folder, oitInstrumentSchema);
  return new Map(instruments.map((instrument) => [instrument.id, instrument]));
}

/** The ready-made assessments of the folder. */
export function readTemplates(folder: string): Template[] {
  return readFolder(folder, templateSchema);
}
