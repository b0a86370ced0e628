import { describe, expect, it } from 'vitest';
import type { Assessment, ChannelSummary } from '#core/contract/assessment.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { matchesFilter } from '#client/admin/channels/channel-filter.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';

const assessment: Assessment = {
  id: '6f1f0a52-6a0b-4a52-9f0d-3c1c9e3a7b11',
  organization: { th: 'สำนักงานเขตประเวศ', en: 'Prawet District Office' },
  fiscalYear: 2568,
  instruments: ['iit-2567', 'eit-2567'],
  departments: [
    {
      number: 6,
      name: { th: 'ฝ่ายทะเบียน', en: 'Registration Section' },
      targets: {},
      retired: false,
    },
  ],
  suppressionThreshold: 5,
  life: OPEN_LIFE,
  deletedOn: null,
};

const code = makeChannelCode((below) => 3 % below);
const channel = (department: number | null): ChannelSummary => ({
  code,
  url: `http://localhost/s/${code}`,
  state: 'open',
  instrument: 'eit-2567',
  department,
  service: null,
});

describe('searching the channels', () => {
  it.each([
    ['ทะเบียน', 6, true],
    ['REGISTRATION', 6, true],
    [`${code.slice(0, 4)} ${code.slice(4)}`, 6, true],
    [code.toLowerCase(), 6, true],
    ['ฝ่ายโยธา', 6, false],
    ['prawet', null, true],
    ['  ', null, true],
  ])('for %j in department %s finds it: %s', (search, department, found) => {
    expect(matchesFilter(channel(department), assessment, { instrument: null, search })).toBe(
      found,
    );
  });

  it('can be narrowed to one instrument', () => {
    const filter = { instrument: 'iit-2567', search: '' };
    expect(matchesFilter(channel(6), assessment, filter)).toBe(false);
    expect(matchesFilter(channel(6), assessment, { ...filter, instrument: 'eit-2567' })).toBe(true);
  });
});
