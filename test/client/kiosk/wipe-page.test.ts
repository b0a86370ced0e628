import { expect, test, vi } from 'vitest';
import { wipePage } from '#client/kiosk/wipe-page.ts';

class FakeElement {
  readonly blur = vi.fn<() => void>();
}

/** A page on which somebody chose, marked and scrolled; `forbids`: the browser gives no storage. */
function usedPage({ forbids = false } = {}) {
  vi.stubGlobal('HTMLElement', FakeElement);
  const stored = new Map(forbids ? [] : [['sucharit:draft', '{}']]);
  const activeElement = new FakeElement();
  const removeAllRanges = vi.fn<() => void>();
  const scrollTo = vi.fn<(left: number, top: number) => void>();
  const page = {
    get sessionStorage() {
      if (forbids) throw new DOMException('no storage', 'SecurityError');
      return stored;
    },
    getSelection: () => ({ removeAllRanges }),
    document: { activeElement, querySelector: () => null },
    scrollTo,
  };
  return { page: page as unknown as Window, stored, activeElement, fake: page };
}

test.each([false, true])(
  'nothing of whoever was here is left on the page (storage forbidden: %s)',
  (forbids) => {
    const { page, stored, activeElement, fake } = usedPage({ forbids });
    wipePage(page);
    vi.unstubAllGlobals();
    expect(stored.size).toBe(0);
    expect(activeElement.blur).toHaveBeenCalledTimes(1);
    expect(fake.getSelection().removeAllRanges).toHaveBeenCalledTimes(1);
    expect(fake.scrollTo).toHaveBeenCalledWith(0, 0);
  },
);
