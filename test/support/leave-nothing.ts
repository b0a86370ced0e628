import { afterAll, vi } from 'vitest';

// Files share a process: what one of them put in the place of the clock, of globals or of the environment ends with it.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});
