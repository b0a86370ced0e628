import { describe, expect, it } from 'vitest';
import { qualityFlags, TOO_FAST_MS_PER_ITEM } from '#core/flow/quality.ts';
import { channelOf } from './channels.ts';

const iit = channelOf('iit-2567').instrument;
const eit = channelOf('eit-2567').instrument;

const everyItem = (instrument: typeof iit, value: number) =>
  Object.fromEntries(instrument.items.map(({ code }) => [code, value]));

const unhurried = everyItem(iit, 6000);

describe('the quality of an answering', () => {
  it('is too fast below two seconds an item on the average', () => {
    const answers = { ...everyItem(iit, 5), I5: 1 };
    const onTheLimit = everyItem(iit, TOO_FAST_MS_PER_ITEM);
    expect(qualityFlags(iit, answers, onTheLimit)).toEqual([]);
    expect(qualityFlags(iit, answers, { ...onTheLimit, I12: TOO_FAST_MS_PER_ITEM - 1 })).toEqual([
      'too-fast',
    ]);
  });

  it('lets one long pause make up for quick answers elsewhere', () => {
    expect(qualityFlags(iit, { ...everyItem(iit, 5), I5: 1 }, { I2: 60_000 })).toEqual([]);
  });

  it('counts no time at all as too fast', () => {
    expect(qualityFlags(iit, { ...everyItem(iit, 5), I5: 1 }, {})).toEqual(['too-fast']);
  });

  it('is all the same when items that ask the contrary of each other got one option', () => {
    const answers = { ...everyItem(iit, 6), I3: 2, I6: 1 };
    expect(qualityFlags(iit, answers, unhurried)).toEqual(['all-the-same']);
  });

  it('is not all the same when one item of the scale differs', () => {
    expect(qualityFlags(iit, { ...everyItem(iit, 6), I9: 5 }, unhurried)).toEqual([]);
  });

  it('takes "most" everywhere for a happy citizen where all items point the same way', () => {
    const answers = { ...everyItem(eit, 6), E3: 2 };
    expect(qualityFlags(eit, answers, everyItem(eit, 6000))).toEqual([]);
  });
});
