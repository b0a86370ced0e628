// What the pages of the tree of organizations ask of the server.
import {
  type Organization,
  type OrganizationDraft,
  type OrganizationList,
  organizationListSchema,
  organizationSchema,
} from '#core/contract/organization.ts';
import {
  type HandDown,
  handDownListSchema,
  type HandDownOffice,
  type HandedDown,
  handedDownSchema,
} from '#core/contract/hand-down.ts';
import {
  type ImportOutcome,
  importOutcomeSchema,
  type ImportRow,
  type ImportUndo,
} from '#core/contract/organization-import.ts';
import type { Language } from '#core/contract/language.ts';
import { type RollUp, rollUpSchema } from '#core/contract/roll-up.ts';
import type { Watch } from './download.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface OrganizationsApi {
  /** Those of one's branch. */
  organizations(): Promise<OrganizationList>;
  addOrganization(draft: OrganizationDraft): Promise<Organization>;
  changeOrganization(id: string, draft: OrganizationDraft): Promise<Organization>;
  removeOrganization(id: string): Promise<void>;
  /** Districts below the organization of that id, all of them or none. */
  importOrganizations(id: string, rows: readonly ImportRow[]): Promise<ImportOutcome>;
  undoImport(id: string, undo: ImportUndo): Promise<void>;
  /** The offices below that of the assessment. */
  handDowns(assessment: string): Promise<HandDownOffice[]>;
  /** Gives one of them an assessment with the same set-up. */
  handDown(assessment: string, what: HandDown): Promise<HandedDown>;
  /** The offices of one's branch in a fiscal year; null: the latest. */
  rollUp(year: number | null): Promise<RollUp>;
  rollUpFile(year: number, language: Language, watch: Watch): Promise<Blob>;
}

const at = (id: string) => `/organizations/${encodeURIComponent(id)}`;

const handDownsOf = (assessment: string) =>
  `/assessments/${encodeURIComponent(assessment)}/hand-downs`;

export function createOrganizationsApi({ ask, request, file }: Asking): OrganizationsApi {
  return {
    organizations: () => ask(organizationListSchema, 'GET', '/organizations'),
    addOrganization: (draft) => ask(organizationSchema, 'POST', '/organizations', draft),
    changeOrganization: (id, draft) => ask(organizationSchema, 'PUT', at(id), draft),
    async removeOrganization(id) {
      await request('DELETE', at(id));
    },
    importOrganizations: (id, rows) =>
      ask(importOutcomeSchema, 'POST', `${at(id)}/imports`, { rows }),
    async undoImport(id, undo) {
      await request('POST', `${at(id)}/imports/undo`, undo);
    },
    handDowns: async (id) => (await ask(handDownListSchema, 'GET', handDownsOf(id))).offices,
    handDown: (id, what) => ask(handedDownSchema, 'POST', handDownsOf(id), what),
    rollUp: (year) =>
      ask(rollUpSchema, 'GET', year === null ? '/roll-up' : `/roll-up?year=${year}`),
    rollUpFile: (year, language, watch) =>
      file(`/roll-up/export?year=${year}&language=${language}`, watch),
  };
}
