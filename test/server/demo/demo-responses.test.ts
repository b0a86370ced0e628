import { describe, expect, it } from 'vitest';
import { responseSchema } from '#core/contract/response.ts';
import { checkResponse } from '#core/instruments/check-response.ts';
import { demoResponses } from '#server/demo/demo-responses.ts';
import { publishedReport } from '#server/demo/published-report.ts';
import { eit, iit } from '../../core/instruments/known-instruments.ts';
import { tallyOf } from '../../core/scoring/counted.ts';

const DEPARTMENTS = new Set(Array.from({ length: 11 }, (_, index) => index + 1));

const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

const cases = [iit, eit].map((instrument) => {
  const published = publishedReport.tools.find((tool) => tool.instrument === instrument.id);
  if (!published) throw new Error(`nothing published of ${instrument.id}`);
  return { id: instrument.id, instrument, published };
});

describe.each(cases)('the published tables of $id', ({ instrument, published }) => {
  it('have every item and every respondent field, and count everybody in each', () => {
    expect(Object.keys(published.items)).toEqual(instrument.items.map(({ code }) => code));
    expect(Object.keys(published.fields).sort()).toEqual(
      instrument.fields.map(({ code }) => code).sort(),
    );
    for (const { options } of Object.values(published.items))
      expect(totalOf(options)).toBe(published.n);
    for (const counts of Object.values(published.fields)) expect(totalOf(counts)).toBe(published.n);
  });
});

describe.each(cases)('the responses of the demo to $id', ({ instrument, published }) => {
  const responses = demoResponses(instrument, published);
  const tally = tallyOf(instrument, responses);

  it('are in order', () => {
    for (const response of responses)
      expect(checkResponse(responseSchema.parse(response), instrument, DEPARTMENTS)).toBeNull();
  });

  it('count as published item by item', () => {
    expect(tally.n).toBe(published.n);
    const options = Object.entries(published.items).map(([code, item]) => [code, item.options]);
    expect(tally.items).toEqual(Object.fromEntries(options));
  });

  it('count as published in every respondent field', () => {
    for (const [code, options] of Object.entries(published.fields)) {
      const said = responses.map(({ respondent }) => respondent[code]);
      const counts = options.map(
        (_, index) => said.filter((option) => option === index + 1).length,
      );
      expect(counts).toEqual(options);
    }
  });

  it('are all in Thai', () => {
    expect(new Set(responses.map(({ language }) => language))).toEqual(new Set(['th']));
  });

  it('are the same every time', () => {
    expect(demoResponses(instrument, published)).toEqual(responses);
  });

  it('do not give the poor answers of every item to the same people', () => {
    const withPoorAnswer = instrument.items.map(({ code }) => {
      const usual = published.items[code]?.options.indexOf(
        Math.max(...(published.items[code]?.options ?? [])),
      );
      return responses.flatMap(({ answers }, person) =>
        answers[code] === (usual ?? 0) + 1 ? [] : [person],
      );
    });
    const people = new Set(withPoorAnswer.flat());
    const most = Math.max(...withPoorAnswer.map((list) => list.length));
    expect(people.size).toBeGreaterThan(most);
  });
});
