import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templateSchema } from '#core/contract/assessment.ts';
import { instrumentSchema } from '#core/instruments/instrument.ts';
import { LANGUAGES } from '#core/contract/language.ts';

const SOURCE = join(import.meta.dirname, '../../../src/core');

const definitionsIn = (folder: string) =>
  readdirSync(join(SOURCE, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name: name.replace('.json', ''),
      json: JSON.parse(readFileSync(join(SOURCE, folder, name), 'utf8')) as unknown,
    }));

const instruments = definitionsIn('instruments');

describe.each(instruments)('the instrument $name', ({ name, json }) => {
  it('fits the schema and is named like its file', () => {
    expect(instrumentSchema.parse(json).id).toBe(name);
  });
});

describe.each(definitionsIn('templates'))('the template $name', ({ name, json }) => {
  const template = templateSchema.parse(json);

  it('is named like its file', () => {
    expect(template.id).toBe(name);
  });

  it('asks only instruments that exist', () => {
    const known = instruments.map((instrument) => instrument.name);
    expect(known).toEqual(expect.arrayContaining(template.draft.instruments));
  });

  it('names the office and every department in all languages', () => {
    const names = [template.draft.organization, ...template.draft.departments.map((d) => d.name)];
    for (const written of names) expect(Object.keys(written).sort()).toEqual([...LANGUAGES].sort());
  });
});
