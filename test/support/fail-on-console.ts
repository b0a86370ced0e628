import { afterEach, beforeEach, vi } from 'vitest';

// A warning or an error that no test announced is a defect: it fails the test during which it was printed.
const printed: unknown[][] = [];

beforeEach(() => {
  printed.length = 0;
  for (const method of ['warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      printed.push(words);
    });
});

afterEach(() => {
  if (printed.length > 0)
    throw new Error(`printed as a warning or an error: ${printed.join('; ')}`);
});
