// What the page of channels asks of the server about the displays at counters.
import {
  type DisplayList,
  displayListSchema,
  type MadeDisplay,
  madeDisplaySchema,
} from '#core/contract/display.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface DisplaysApi {
  /** Those that were made and not ended. */
  displays(assessment: string): Promise<DisplayList>;
  /** The one before stops working at once. */
  makeDisplay(assessment: string, channel: string): Promise<MadeDisplay>;
  endDisplay(assessment: string, channel: string): Promise<void>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}`;

export function createDisplaysApi({ ask, request }: Pick<Asking, 'ask' | 'request'>): DisplaysApi {
  return {
    async displays(assessment) {
      return (await ask(displayListSchema, 'GET', `${at(assessment)}/displays`)).displays;
    },
    makeDisplay: (assessment, channel) =>
      ask(madeDisplaySchema, 'POST', `${at(assessment)}/channels/${channel}/display`),
    async endDisplay(assessment, channel) {
      await request('DELETE', `${at(assessment)}/channels/${channel}/display`);
    },
  };
}
