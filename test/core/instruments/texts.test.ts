import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LANGUAGES } from '#core/contract/language.ts';
import { instrumentSchema, type Instrument, type Item } from '#core/instruments/instrument.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const INSTRUMENTS = join(PROJECT, 'src/core/instruments');

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const instruments = readdirSync(INSTRUMENTS)
  .filter((name) => name.endsWith('.json'))
  .map((name) => instrumentSchema.parse(readJson(join(INSTRUMENTS, name))));

const textSchema = z.string().check(z.minLength(1));

const eachOf = <Shape extends z.ZodMiniType>(keys: readonly (string | number)[], shape: Shape) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [String(key), shape])));

/** A text for each of so many options, numbered from 1. */
const optionTexts = (count: number) =>
  eachOf(
    Array.from({ length: count }, (_, index) => index + 1),
    textSchema,
  );

const optionCount = (instrument: Instrument, field: string | undefined) => {
  const options = instrument.fields.find(({ code }) => code === field)?.options;
  return typeof options === 'number' ? options : 0;
};

const itemTexts = (instrument: Instrument, item: Item) =>
  z.strictObject({
    short: textSchema,
    full: textSchema,
    options: z.optional(optionTexts(instrument.scales[item.scale]?.points.length ?? 0)),
    ...(item.wordedBy === undefined
      ? {}
      : {
          by: z.strictObject({
            [item.wordedBy]: optionTexts(optionCount(instrument, item.wordedBy)),
          }),
        }),
  });

/** Exactly the texts that the instrument asks for. */
const textsOf = (instrument: Instrument) =>
  z.strictObject({
    title: textSchema,
    translation: z.enum(['official', 'unofficial']),
    scales: z.strictObject(
      Object.fromEntries(
        Object.entries(instrument.scales).map(([name, { points }]) => [
          name,
          optionTexts(points.length),
        ]),
      ),
    ),
    indicators: eachOf(
      instrument.items.map(({ indicator }) => indicator),
      textSchema,
    ),
    items: z.strictObject(
      Object.fromEntries(instrument.items.map((item) => [item.code, itemTexts(instrument, item)])),
    ),
    fields: z.strictObject(
      Object.fromEntries(
        instrument.fields.map(({ code, options }) => [
          code,
          z.strictObject({
            label: textSchema,
            ...(options === 'departments' ? {} : { options: optionTexts(options) }),
          }),
        ]),
      ),
    ),
  });

describe.each(instruments)('the texts of $id', (instrument) => {
  const read = (language: string) =>
    textsOf(instrument).parse(
      readJson(join(PROJECT, 'locales', language, 'instruments', `${instrument.id}.json`)),
    );

  it.each(LANGUAGES)('in %s are exactly those the instrument asks for', (language) => {
    expect(() => read(language)).not.toThrow();
  });

  it.each(LANGUAGES)('in %s give every option of a scale a word of its own', (language) => {
    for (const words of Object.values(read(language).scales)) {
      const labels = Object.values(words as Record<string, string>);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it.each(LANGUAGES)('in %s word an item differently for each service', (language) => {
    for (const item of instrument.items.filter(({ wordedBy }) => wordedBy !== undefined)) {
      const texts = read(language).items[item.code] as {
        by: Record<string, Record<string, string>>;
      };
      const wordings = Object.values(texts.by[item.wordedBy ?? ''] ?? {});
      expect(new Set(wordings).size).toBe(optionCount(instrument, item.wordedBy));
    }
  });

  it('say that only the Thai ones are official', () => {
    expect(LANGUAGES.filter((language) => read(language).translation === 'official')).toEqual([
      'th',
    ]);
  });
});
