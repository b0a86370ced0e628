import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './support/patience.ts';

// Unit, property, HTTP and storage tests. The browser's journeys are in test/e2e, run by Playwright.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**'],
    env: { TZ: 'America/Phoenix' },
    setupFiles: ['test/support/fail-on-console.ts'],
    restoreMocks: true,
    // One fewer by default, which is half of a small machine.
    maxWorkers: availableParallelism(),
    // For what hangs, not for what is slow: some tests start processes, and machines are busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Else a second; vi.waitFor and vi.waitUntil have to be told.
    expect: { poll: PATIENCE },
  },
});
