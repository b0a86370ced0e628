import type { Role } from '#core/contract/role.ts';
import type { Office } from './office.ts';

/**
 * What an attacker knows of a route: who may use it, and a request that its checks have nothing against. Where the answer to
 * that request is a refusal all the same, `answer` says which.
 */
export interface RouteCase {
  who: 'everybody' | readonly Role[];
  params?: (office: Office) => Readonly<Record<string, string>>;
  /** As it stands in the address. */
  query?: string;
  body?: (office: Office) => Readonly<Record<string, unknown>>;
  /** Takes changes from any sender: devices have no page of ours. */
  fromAnywhere?: true;
  answer?: string;
}
