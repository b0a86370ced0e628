import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LANGUAGES } from '#core/contract/language.ts';
import {
  itemCodesOf,
  oitInstrumentFor,
  oitInstrumentSchema,
} from '#core/instruments/oit/oit-instrument.ts';
import { oit } from '../known-oit.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
const FOLDER = join(PROJECT, 'src/core/instruments/oit');

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const ids = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

const textSchema = z.string().check(z.minLength(1));

const eachOf = (keys: readonly (string | number)[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [String(key), textSchema])));

describe.each(ids)('the OIT instrument %s', (id) => {
  const instrument = oitInstrumentSchema.parse(readJson(join(FOLDER, `${id}.json`)));
  const parts = instrument.indicators.flatMap(({ subIndicators }) => subIndicators);
  const textsSchema = z.strictObject({
    title: textSchema,
    translation: z.enum(['official', 'unofficial']),
    indicators: eachOf(instrument.indicators.map(({ indicator }) => indicator)),
    subIndicators: eachOf(parts.map(({ code }) => code)),
    items: eachOf(itemCodesOf(instrument)),
  });
  const textsIn = (language: string) =>
    textsSchema.parse(
      readJson(join(PROJECT, 'locales', language, 'instruments/oit', `${id}.json`)),
    );

  it('is named like its file', () => {
    expect(instrument.id).toBe(id);
  });

  it.each(LANGUAGES)('has exactly its texts in %s', (language) => {
    expect(() => textsIn(language)).not.toThrow();
  });

  it('says that only the Thai texts are official', () => {
    expect(LANGUAGES.filter((one) => textsIn(one).translation === 'official')).toEqual(['th']);
  });
});

describe('an OIT instrument is refused', () => {
  const [first, second] = oit.indicators;
  if (!first || !second) throw new Error('OIT has two indicators');

  it.each([
    ['whose indicators do not make up a whole', [{ ...first, weight: '0.7' }, second]],
    [
      'whose sub-indicators do not make up a whole',
      [first, { ...second, subIndicators: second.subIndicators.slice(1) }],
    ],
    [
      'that has an item twice',
      [
        { ...first, weight: '0.5' },
        { ...first, weight: '0.5' },
      ],
    ],
  ])('%s', (_, indicators) => {
    expect(oitInstrumentSchema.safeParse({ ...oit, indicators }).success).toBe(false);
  });
});

const ofYear = (year: number) => ({ ...oit, id: `oit-${year}` });

describe('the OIT instrument of a new assessment', () => {
  const known = [ofYear(2569), ofYear(2566), ofYear(2567)];

  it.each([
    [2565, 'oit-2566'],
    [2566, 'oit-2566'],
    [2568, 'oit-2567'],
    [2569, 'oit-2569'],
    [2599, 'oit-2569'],
  ])('of fiscal year %i is %s', (fiscalYear, id) => {
    expect(oitInstrumentFor(fiscalYear, known).id).toBe(id);
  });

  it('cannot be chosen where a build knows none', () => {
    expect(() => oitInstrumentFor(2568, [])).toThrow('knows no OIT instrument');
  });
});
