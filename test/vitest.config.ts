import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './support/patience.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What has other modules in the place of some, weighs its process or starts others: each of these files has a process of its own. */
const ALONE = new Set([
  'test/client/admin/texts.test.ts',
  'test/client/first-screen/first-screen.test.ts',
  'test/server/attacks/slow-patterns.test.ts',
  'test/server/counting/folder.test.ts',
  'test/server/counting/recount-command.test.ts',
  'test/server/counting/roll-up-rows.test.ts',
  'test/server/http/plain-form.test.ts',
]);

/**
 * What calls functions and asks apps that end with their test. In processes of their own these files would spend most of their time on reading
 * the same modules again.
 */
const TOGETHER = globSync(
  ['test/{core,client}/**/*.test.{ts,tsx}', 'test/server/{attacks,counting,http}/**/*.test.ts'],
  { cwd: root },
).filter((file) => !ALONE.has(file));

for (const file of TOGETHER)
  if (/\bvi\.(?:mock|doMock)\(/.test(readFileSync(join(root, file), 'utf8')))
    throw new Error(
      `${file} mocks a module, which every file after it in its process would get too: put it into ALONE in test/vitest.config.ts.`,
    );

// Unit, property, HTTP and storage tests. The browser's journeys are in test/e2e, run by Playwright.
export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    env: { TZ: 'America/Phoenix' },
    setupFiles: ['test/support/fail-on-console.ts', 'test/support/leave-nothing.ts'],
    restoreMocks: true,
    // One fewer by default, which is half of a small machine.
    maxWorkers: availableParallelism(),
    // For what hangs, not for what is slow: some tests start processes, and machines are busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Else a second; vi.waitFor and vi.waitUntil have to be told.
    expect: { poll: PATIENCE },
    projects: [
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', ...TOGETHER],
        },
      },
    ],
  },
});
