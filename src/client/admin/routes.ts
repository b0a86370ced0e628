import { auditSearchSchema, type AuditSearch } from '#core/contract/audit.ts';
import { isEmptySearch, searchQuery } from './audit/search-query.ts';
import { BREAKDOWNS, type Breakdown } from './scores/views.ts';

/** Which posters a page of posters shows. */
export type PosterChoice =
  | { by: 'all' }
  | { by: 'instrument'; instrument: string }
  | { by: 'channel'; code: string };

/** The places of the office's app; each is one address. */
export type Route =
  | { page: 'set-up'; token: string }
  | { page: 'overview' }
  | { page: 'scores'; by?: Breakdown }
  | { page: 'figures' }
  | { page: 'channels' }
  | { page: 'kiosks' }
  | { page: 'staff-codes' }
  | { page: 'posters'; choice: PosterChoice }
  | { page: 'oit' }
  | { page: 'measures'; item?: string }
  | { page: 'set-aside' }
  | { page: 'report' }
  | { page: 'settings' }
  | { page: 'life' }
  | { page: 'join'; token: string }
  | { page: 'recover'; token: string }
  | { page: 'audit'; search?: AuditSearch }
  | { page: 'people' }
  | { page: 'organizations' }
  | { page: 'organizations-import' }
  | { page: 'hand-down' }
  | { page: 'roll-up' }
  | { page: 'account' }
  | { page: 'new-office' }
  | { page: 'new-departments' }
  | { page: 'unknown' };

function posterChoice(query: URLSearchParams): PosterChoice {
  const code = query.get('code');
  if (code) return { by: 'channel', code };
  const instrument = query.get('instrument');
  return instrument ? { by: 'instrument', instrument } : { by: 'all' };
}

/** `item`: what a new measure is to be about. */
const measuresRoute = (item: string | null): Route =>
  item === null ? { page: 'measures' } : { page: 'measures', item };
function auditRoute(query: URLSearchParams): Route {
  const search = auditSearchSchema.safeParse(Object.fromEntries(query));
  const isEmpty = !search.success || isEmptySearch(search.data);
  return isEmpty ? { page: 'audit' } : { page: 'audit', search: search.data };
}

/** The route of an address: `path` such as /admin/scores, `search` with its question mark or empty. */
export function parseRoute(path: string, search: string): Route {
  const query = new URLSearchParams(search);
  const place = path.replace(/\/+$/, '');
  const by = BREAKDOWNS.find((breakdown) => place === `/admin/scores/${breakdown}`);
  if (by) return { page: 'scores', by };
  switch (place) {
    case '/admin':
      return { page: 'overview' };
    case '/admin/set-up':
      return { page: 'set-up', token: query.get('token') ?? '' };
    case '/admin/scores':
      return { page: 'scores' };
    case '/admin/figures':
      return { page: 'figures' };
    case '/admin/channels':
      return { page: 'channels' };
    case '/admin/kiosks':
      return { page: 'kiosks' };
    case '/admin/staff-codes':
      return { page: 'staff-codes' };
    case '/admin/posters':
      return { page: 'posters', choice: posterChoice(query) };
    case '/admin/oit':
      return { page: 'oit' };
    case '/admin/measures':
      return measuresRoute(query.get('item'));
    case '/admin/set-aside':
      return { page: 'set-aside' };
    case '/admin/report':
      return { page: 'report' };
    case '/admin/settings':
      return { page: 'settings' };
    case '/admin/life':
      return { page: 'life' };
    case '/admin/join':
      return { page: 'join', token: query.get('token') ?? '' };
    case '/admin/recover':
      return { page: 'recover', token: query.get('token') ?? '' };
    case '/admin/people':
      return { page: 'people' };
    case '/admin/roll-up':
      return { page: 'roll-up' };
    case '/admin/organizations':
      return { page: 'organizations' };
    case '/admin/hand-down':
      return { page: 'hand-down' };
    case '/admin/organizations-import':
      return { page: 'organizations-import' };
    case '/admin/account':
      return { page: 'account' };
    case '/admin/audit':
      return auditRoute(query);
    case '/admin/new':
      return { page: 'new-office' };
    case '/admin/new/departments':
      return { page: 'new-departments' };
    default:
      return { page: 'unknown' };
  }
}

function posterQuery(choice: PosterChoice): string {
  if (choice.by === 'all') return '';
  if (choice.by === 'channel') return `?code=${encodeURIComponent(choice.code)}`;
  return `?instrument=${encodeURIComponent(choice.instrument)}`;
}

/** The address of a route; parseRoute reads it back. */
export function hrefOf(route: Route): string {
  if (route.page === 'overview' || route.page === 'unknown') return '/admin';
  if (route.page === 'set-up' || route.page === 'join' || route.page === 'recover')
    return `/admin/${route.page}?token=${encodeURIComponent(route.token)}`;
  if (route.page === 'posters') return `/admin/posters${posterQuery(route.choice)}`;
  if (route.page === 'audit' && route.search && !isEmptySearch(route.search))
    return `/admin/audit?${searchQuery(route.search)}`;
  if (route.page === 'new-office') return '/admin/new';
  if (route.page === 'new-departments') return '/admin/new/departments';
  if (route.page === 'measures' && route.item !== undefined)
    return `/admin/measures?item=${encodeURIComponent(route.item)}`;
  if (route.page === 'scores' && route.by) return `/admin/scores/${route.by}`;
  return `/admin/${route.page}`;
}
