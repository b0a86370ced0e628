import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentText, readWeights, weightsFormOf } from '#client/admin/oit/weights-form.ts';
import { fitWeights } from '#core/scoring/oit.ts';
import { oit } from '../../core/instruments/known-oit.ts';

const ASSUMED = weightsFormOf(oit, {});

describe('the weights as they are typed', () => {
  it('are those that nobody published, in per cent', () => {
    expect(ASSUMED).toEqual({
      '9.1': '21.25',
      '9.2': '21.25',
      '9.4': '21.25',
      '9.5': '21.25',
      '10.1': '50',
      '10.2': '50',
    });
    expect(percentText('0.15')).toBe('15');
  });

  it('say nothing of their own while they are as the instrument assumes', () => {
    expect(readWeights(oit, ASSUMED)).toEqual({ state: 'valid', weights: {} });
  });

  it('are read as shares', () => {
    const form = { ...ASSUMED, '10.1': ' ๖๖.๖๗ ', '10.2': '33,33', '9.1': '42.5', '9.2': '0' };
    expect(readWeights(oit, form)).toEqual({
      state: 'valid',
      weights: { '10.1': '0.6667', '10.2': '0.3333', '9.1': '0.425', '9.2': '0' },
    });
  });

  it('are told what is wrong with them', () => {
    const form = { ...ASSUMED, '9.1': 'มาก', '9.2': '101', '10.1': '60' };
    expect(readWeights(oit, form)).toEqual({
      state: 'invalid',
      problems: [
        { code: 'weight-invalid', field: '9.1' },
        { code: 'weight-invalid', field: '9.2' },
        { code: 'no-whole', indicator: 10, sum: '110' },
      ],
    });
  });

  it('always fit the instrument once they are read, and come back as they were typed', () => {
    const cuts = array(integer({ min: 0, max: 8500 }), { minLength: 3, maxLength: 3 });
    assert(
      property(cuts, integer({ min: 0, max: 10_000 }), (inside, tenth) => {
        const edges = [0, ...inside.toSorted((a, b) => a - b), 8500];
        const ninths = ['9.1', '9.2', '9.4', '9.5'].map((code, index) => [
          code,
          String(((edges[index + 1] ?? 0) - (edges[index] ?? 0)) / 100),
        ]);
        const form = {
          ...Object.fromEntries(ninths),
          '10.1': String(tenth / 100),
          '10.2': String((10_000 - tenth) / 100),
        };
        const read = readWeights(oit, form);
        const weights = read.state === 'valid' ? read.weights : null;
        expect(weights && fitWeights(oit, weights)).toBe(true);
        expect(weightsFormOf(oit, weights ?? {})).toEqual(form);
      }),
    );
  });
});
