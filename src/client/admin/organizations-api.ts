// What the pages of the tree of organizations ask of the server.
import {
  type Organization,
  type OrganizationDraft,
  type OrganizationList,
  organizationListSchema,
  organizationSchema,
} from '#core/contract/organization.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface OrganizationsApi {
  /** Those of one's branch. */
  organizations(): Promise<OrganizationList>;
  addOrganization(draft: OrganizationDraft): Promise<Organization>;
  changeOrganization(id: string, draft: OrganizationDraft): Promise<Organization>;
  removeOrganization(id: string): Promise<void>;
}

const at = (id: string) => `/organizations/${encodeURIComponent(id)}`;

export function createOrganizationsApi({
  ask,
  request,
}: Pick<Asking, 'ask' | 'request'>): OrganizationsApi {
  return {
    organizations: () => ask(organizationListSchema, 'GET', '/organizations'),
    addOrganization: (draft) => ask(organizationSchema, 'POST', '/organizations', draft),
    changeOrganization: (id, draft) => ask(organizationSchema, 'PUT', at(id), draft),
    async removeOrganization(id) {
      await request('DELETE', at(id));
    },
  };
}
