import type { AuditSearch } from '#core/contract/audit.ts';

const PARAMETERS = ['who', 'what', 'assessment', 'from', 'to'] as const;

/** A search as the query of an address, the page's or the route's. */
export function searchQuery(search: AuditSearch): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = search[name];
    if (value) query.set(name, value);
  }
  return query;
}

export const isEmptySearch = (search: AuditSearch) => searchQuery(search).toString() === '';
