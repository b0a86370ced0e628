import { describe, expect, it } from 'vitest';
import type { ChannelSummary } from '#core/contract/assessment.ts';
import { makeChannelCode } from '#core/contract/channel-code.ts';
import { envelopeIdSchema, envelopeSchema } from '#core/contract/envelope.ts';
import { demoEnvelopes, seededUuid } from '#server/demo/demo-envelopes.ts';
import { demoResponses } from '#server/demo/demo-responses.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { iit } from '../../core/instruments/known-instruments.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';

const published = publishedReport.tools.find((tool) => tool.instrument === iit.id);
if (!published) throw new Error('nothing published of the IIT');
const responses = demoResponses(iit, published);

const channels = [null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((department): ChannelSummary => {
  const code = makeChannelCode(() => department ?? 0);
  return {
    code,
    url: `http://localhost/s/${code}`,
    state: 'open',
    instrument: iit.id,
    department,
    service: null,
  };
});

const assessment = (id: string) => ({
  id,
  organization: { th: 'สำนักงานเขต' },
  fiscalYear: 2567,
  instruments: [iit.id],
  departments: [],
  suppressionThreshold: 5,
  life: OPEN_LIFE,
  deletedOn: null,
});

const FIRST = '2f1c1b8e-9d3a-4c59-8a49-3f6a5f2b7c10';
const SECOND = 'b7e4d8aa-0c1f-4e62-9b7d-5d2e8f9a6c31';

describe('the envelopes of the demo', () => {
  const envelopes = demoEnvelopes(assessment(FIRST), channels, responses);

  it('fit the protocol and have each an id of its own', () => {
    for (const envelope of envelopes) expect(envelopeSchema.parse(envelope)).toEqual(envelope);
    expect(new Set(envelopes.map(({ id }) => id)).size).toBe(725);
  });

  it('go through the channel of the person’s department', () => {
    const departmentOf = new Map(channels.map(({ code, department }) => [code, department]));
    const departments = envelopes.map(({ channel }) => departmentOf.get(channel));
    expect(departments).toEqual(responses.map(({ respondent }) => respondent['department']));
  });

  it('are the same in a second run, and others for another assessment', () => {
    expect(demoEnvelopes(assessment(FIRST), channels, responses)).toEqual(envelopes);
    const ids = new Set(envelopes.map(({ id }) => id));
    const others = demoEnvelopes(assessment(SECOND), channels, responses);
    expect(others.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('are refused in one sentence where a department has no channel', () => {
    expect(() => demoEnvelopes(assessment(FIRST), channels.slice(0, 5), responses)).toThrow(
      /no channel of iit-2567 for department \d+/,
    );
  });
});

describe('a seeded id', () => {
  it('is a UUID v4 whatever the seed', () => {
    for (let seed = 0; seed < 500; seed += 1)
      expect(envelopeIdSchema.parse(seededUuid(String(seed)))).toBe(seededUuid(String(seed)));
  });
});
