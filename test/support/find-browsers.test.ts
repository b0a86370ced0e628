import { expect, onTestFinished, test, vi } from 'vitest';
import { ensureBrowsers } from './find-browsers.ts';

test('a browser that is named and not there is told before any journey, with its variable', () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const variable of ['CHROMIUM_PATH', 'FIREFOX_PATH', 'WEBKIT_PATH', 'XVFB_PATH']) {
    vi.stubEnv(variable, '/nowhere/browser');
    expect(ensureBrowsers).toThrow(`${variable} names /nowhere/browser, where nothing is`);
    vi.unstubAllEnvs();
  }
});
