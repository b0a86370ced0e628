// What the page of devices asks of the server.
import { type Deliveries, deliveriesSchema } from '#core/contract/deliveries.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface DeliveriesApi {
  /** What the devices say they finished against what the server received. */
  deliveries(assessment: string): Promise<Deliveries>;
  /** Gives a device up that is gone for good, or takes that back. */
  writeOff(assessment: string, device: string, isWrittenOff: boolean): Promise<void>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}/deliveries`;

export function createDeliveriesApi({
  ask,
  request,
}: Pick<Asking, 'ask' | 'request'>): DeliveriesApi {
  return {
    deliveries: (assessment) => ask(deliveriesSchema, 'GET', at(assessment)),
    async writeOff(assessment, device, isWrittenOff) {
      await request('PATCH', `${at(assessment)}/${device}`, { isWrittenOff });
    },
  };
}
