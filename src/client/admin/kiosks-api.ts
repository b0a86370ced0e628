// What the page of counter tablets asks of the server.
import {
  type Kiosk,
  type KioskChange,
  type KioskLink,
  kioskLinkSchema,
  kioskListSchema,
  type MadeKiosk,
  madeKioskSchema,
  type NewKiosk,
} from '#core/contract/kiosk.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface KiosksApi {
  kiosks(assessment: string): Promise<Kiosk[]>;
  /** The link is in the reply, and nowhere else. */
  makeKiosk(assessment: string, kiosk: NewKiosk): Promise<MadeKiosk>;
  changeKiosk(assessment: string, id: string, change: KioskChange): Promise<void>;
  /** Another link; the tablet that is enrolled stays so until it is opened. */
  renewKioskLink(assessment: string, id: string): Promise<KioskLink>;
  revokeKiosk(assessment: string, id: string): Promise<void>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}/kiosks`;

export function createKiosksApi({ ask, request }: Pick<Asking, 'ask' | 'request'>): KiosksApi {
  return {
    async kiosks(assessment) {
      return (await ask(kioskListSchema, 'GET', at(assessment))).kiosks;
    },
    makeKiosk: (assessment, kiosk) => ask(madeKioskSchema, 'POST', at(assessment), kiosk),
    async changeKiosk(assessment, id, change) {
      await request('PUT', `${at(assessment)}/${id}`, change);
    },
    renewKioskLink: (assessment, id) =>
      ask(kioskLinkSchema, 'POST', `${at(assessment)}/${id}/links`),
    async revokeKiosk(assessment, id) {
      await request('DELETE', `${at(assessment)}/${id}`);
    },
  };
}
