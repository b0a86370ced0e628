// What the page of one-time codes asks of the server.
import {
  type MadeStaffCodes,
  madeStaffCodesSchema,
  type StaffCodes,
  staffCodesSchema,
  type WantedStaffCodes,
} from '#core/contract/staff-codes.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface StaffCodesApi {
  staffCodes(assessment: string): Promise<StaffCodes>;
  /** Counts of the staff only those with a code from now on, or everybody. */
  demandStaffCodes(assessment: string, isDemanded: boolean): Promise<void>;
  /** Makes codes; nobody is told them again. */
  makeStaffCodes(assessment: string, wanted: WantedStaffCodes): Promise<MadeStaffCodes>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}/staff-codes`;

export function createStaffCodesApi({
  ask,
  request,
}: Pick<Asking, 'ask' | 'request'>): StaffCodesApi {
  return {
    staffCodes: (assessment) => ask(staffCodesSchema, 'GET', at(assessment)),
    async demandStaffCodes(assessment, isDemanded) {
      await request(isDemanded ? 'PUT' : 'DELETE', `${at(assessment)}/demand`);
    },
    makeStaffCodes: (assessment, wanted) =>
      ask(madeStaffCodesSchema, 'POST', at(assessment), wanted),
  };
}
