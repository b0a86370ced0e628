import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createRouter, type RouterWindow } from '#client/admin/router.ts';

const move = (url: string) => new URL(url, 'http://localhost');

/** A window with a history that can be walked back, as far as the router looks at it. */
function createWindow(address: string) {
  const entries = [move(address)];
  const target = new EventTarget();
  const confirm = vi.fn<() => boolean>(() => true);
  const window = {
    get location() {
      return entries[entries.length - 1];
    },
    history: {
      pushState: (_data: unknown, _title: string, url: string) => entries.push(move(url)),
      replaceState: (_data: unknown, _title: string, url: string) =>
        entries.splice(-1, 1, move(url)),
    },
    addEventListener: target.addEventListener.bind(target),
    confirm,
    scrollTo: () => {},
  } as unknown as RouterWindow;
  return {
    window,
    confirm,
    entries,
    goBack() {
      entries.pop();
      target.dispatchEvent(new Event('popstate'));
    },
    leave() {
      const event = new Event('beforeunload', { cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    },
  };
}

let browser: ReturnType<typeof createWindow>;
beforeEach(() => {
  browser = createWindow('/admin');
});

describe('moving about in the office', () => {
  it('goes to a page and back again', () => {
    const router = createRouter(browser.window);
    router.go({ page: 'scores' });
    expect(router.route.value).toEqual({ page: 'scores' });
    browser.goBack();
    expect(router.route.value).toEqual({ page: 'overview' });
    expect(router.moves.value).toBe(2);
  });

  it('leaves no way back to a page that was replaced', () => {
    const router = createRouter(browser.window);
    router.replace({ page: 'new-office' });
    expect(browser.entries.map(({ pathname }) => pathname)).toEqual(['/admin/new']);
  });

  it('writes what a list is filtered by into the address of the same page', () => {
    const router = createRouter(browser.window);
    router.go({ page: 'audit' });
    router.rewrite({ page: 'audit', search: { who: 'server' } });
    expect(router.route.value).toEqual({ page: 'audit', search: { who: 'server' } });
    expect(router.moves.value).toBe(1);
    expect(browser.entries.map(({ pathname, search }) => pathname + search)).toEqual([
      '/admin',
      '/admin/audit?who=server',
    ]);
  });

  it('asks before unsaved changes are left and stays when the answer is no', () => {
    const router = createRouter(browser.window);
    router.go({ page: 'settings' });
    router.guard(() => 'Leave?');
    browser.confirm.mockReturnValue(false);
    router.go({ page: 'scores' });
    browser.goBack();
    expect(browser.confirm).toHaveBeenCalledTimes(2);
    expect(router.route.value).toEqual({ page: 'settings' });
    expect(browser.window.location.pathname).toBe('/admin/settings');
    expect(browser.leave()).toBe(true);
  });

  it('asks while any of several forms is not saved', () => {
    const router = createRouter(browser.window);
    browser.confirm.mockReturnValue(false);
    const release = router.guard(() => 'Leave the first?');
    router.guard(() => null);
    router.go({ page: 'scores' });
    expect(browser.confirm).toHaveBeenCalledExactlyOnceWith('Leave the first?');
    release();
    router.go({ page: 'scores' });
    expect(router.route.value).toEqual({ page: 'scores' });
  });

  it('asks no more once the changes are saved', () => {
    const router = createRouter(browser.window);
    const release = router.guard(() => 'Leave?');
    release();
    router.go({ page: 'scores' });
    expect(browser.confirm).not.toHaveBeenCalled();
    expect(browser.leave()).toBe(false);
  });
});
