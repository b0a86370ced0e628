import { describe, expect, test, vi } from 'vitest';
import { fillScreen, keepAwake, leaveFullScreen } from '#client/kiosk/screen-control.ts';

/** A tablet whose page comes and goes; `allows` false: the browser refuses whatever is asked. */
function fakeTablet({ allows = true } = {}) {
  const answer = async () => {
    if (!allows) throw new DOMException('not now', 'NotAllowedError');
  };
  const look: { onChange: () => void } = { onChange: () => undefined };
  const page = {
    visibilityState: 'visible',
    fullscreenEnabled: true,
    fullscreenElement: null as object | null,
    documentElement: { requestFullscreen: vi.fn<typeof answer>(answer) },
    exitFullscreen: vi.fn<typeof answer>(answer),
    addEventListener(_: string, onChange: () => void) {
      look.onChange = onChange;
    },
  };
  const wakeLock = { request: vi.fn<typeof answer>(answer) };
  const becomes = (visibilityState: 'visible' | 'hidden') => {
    page.visibilityState = visibilityState;
    look.onChange();
  };
  return { page, wakeLock, becomes, document: page as unknown as Document };
}

describe('the screen', () => {
  test('is kept on from the start, and again each time the page is looked at', () => {
    const { document, wakeLock, becomes } = fakeTablet();
    keepAwake(document, { wakeLock });
    expect(wakeLock.request.mock.calls).toEqual([['screen']]);
    becomes('hidden');
    expect(wakeLock.request).toHaveBeenCalledTimes(1);
    becomes('visible');
    expect(wakeLock.request).toHaveBeenCalledTimes(2);
  });

  test('is filled once, and left', () => {
    const { document, page } = fakeTablet();
    leaveFullScreen(document);
    expect(page.exitFullscreen).not.toHaveBeenCalled();
    fillScreen(document);
    page.fullscreenElement = page.documentElement;
    fillScreen(document);
    expect(page.documentElement.requestFullscreen).toHaveBeenCalledTimes(1);
    leaveFullScreen(document);
    expect(page.exitFullscreen).toHaveBeenCalledTimes(1);
  });

  test('is left as it is where the browser cannot or may not', async () => {
    const { document, page, wakeLock } = fakeTablet({ allows: false });
    keepAwake(document, { wakeLock });
    keepAwake(document, {});
    fillScreen(document);
    page.fullscreenEnabled = false;
    fillScreen(document);
    expect(page.documentElement.requestFullscreen).toHaveBeenCalledTimes(1);
    // A refusal that nobody hears would end the test run.
    await Promise.allSettled(wakeLock.request.mock.results.map(({ value }) => value));
  });
});
