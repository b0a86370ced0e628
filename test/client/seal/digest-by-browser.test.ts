import { assert, asyncProperty, string } from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { digestByBrowser } from '#client/seal/digest-by-browser.ts';
import { digestOf } from '#core/contract/digest.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['has WebCrypto', crypto],
  ['hides it, as on plain HTTP', {}],
])('is the digest that everybody makes, where the browser %s', async (_, found) => {
  vi.stubGlobal('crypto', found);
  await assert(
    asyncProperty(string({ unit: 'binary' }), async (text) => {
      expect(await digestByBrowser(text)).toBe(digestOf(text));
    }),
  );
});
