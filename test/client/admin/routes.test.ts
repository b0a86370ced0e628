import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from '#client/admin/routes.ts';

const ROUTES: Route[] = [
  { page: 'overview' },
  { page: 'scores' },
  { page: 'scores', by: 'departments' },
  { page: 'scores', by: 'quality' },
  { page: 'figures' },
  { page: 'channels' },
  { page: 'oit' },
  { page: 'measures' },
  { page: 'measures', item: 'I3' },
  { page: 'set-aside' },
  { page: 'settings' },
  { page: 'life' },
  { page: 'new-office' },
  { page: 'new-departments' },
  { page: 'set-up', token: 'a+b/c=' },
  { page: 'join', token: 'a+b/c=' },
  { page: 'people' },
  { page: 'account' },
  { page: 'audit' },
  { page: 'audit', search: { who: 'server', from: '2024-11-20' } },
  { page: 'posters', choice: { by: 'all' } },
  { page: 'posters', choice: { by: 'instrument', instrument: 'eit-2567' } },
  { page: 'posters', choice: { by: 'channel', code: 'HMFH4MEC' } },
];

describe('an address of the office', () => {
  it.each(ROUTES)('leads back to its page: $page', (route) => {
    const { pathname, search } = new URL(hrefOf(route), 'http://localhost');
    expect(parseRoute(pathname, search)).toEqual(route);
  });

  it('may end in a slash', () => {
    expect(parseRoute('/admin/', '')).toEqual({ page: 'overview' });
  });

  it('that leads nowhere is known as such', () => {
    expect(parseRoute('/admin/nothing', '')).toEqual({ page: 'unknown' });
  });
});
