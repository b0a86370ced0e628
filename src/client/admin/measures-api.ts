// What the page of measures asks of the server.
import { measureTag } from '#core/contract/measure-tag.ts';
import { type Measure, measureListSchema, measureSchema } from '#core/contract/measures.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface MeasuresApi {
  /** What is left to do first. */
  measures(assessment: string): Promise<Measure[]>;
  /** Adds it, where `before` is null. Refused as changed-meanwhile if the server has another by now, or none where there was one. */
  writeMeasure(assessment: string, before: Measure | null, after: Measure): Promise<Measure>;
  /** Refused as changed-meanwhile if the server has another by now, as not-found if somebody else removed it. */
  removeMeasure(assessment: string, measure: Measure): Promise<void>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}/measures`;

const ifStill = (measure: Measure) => ({ 'if-match': `"${measureTag(measure)}"` });

export function createMeasuresApi({ ask, request }: Pick<Asking, 'ask' | 'request'>): MeasuresApi {
  return {
    async measures(assessment) {
      return (await ask(measureListSchema, 'GET', at(assessment))).measures;
    },
    writeMeasure: (assessment, before, after) =>
      ask(
        measureSchema,
        'PUT',
        `${at(assessment)}/${after.id}`,
        after,
        before === null ? { 'if-none-match': '*' } : ifStill(before),
      ),
    async removeMeasure(assessment, measure) {
      await request('DELETE', `${at(assessment)}/${measure.id}`, undefined, ifStill(measure));
    },
  };
}
