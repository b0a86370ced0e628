import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCounting } from '#server/counting/counting.ts';
import { createFolder, type Folder, type FoldingEffects } from '#server/counting/folder.ts';
import { INSTRUMENTS } from '../support/fixtures.ts';
import { PATIENCE } from '../../support/patience.ts';

const SLICE_MS = 20;
const SLICES = 5;

/** So long a rest is: what others have beside it are three quarters of the time. */
const REST_MS = 3 * SLICE_MS;

/** What the folder lets go by, in milliseconds: by a clock, a busy machine takes as long without any rest. */
const { pauses } = vi.hoisted(() => ({ pauses: new Array<number>() }));

vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    pauses.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
  },
}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  return () => vi.useRealTimers();
});

/** A folder that finds so many full slices, each of which takes as long as SQLite does; `onSlice` hears of each. Tells its pauses between them. */
async function pausesBetweenSlices({
  holdsUp,
  onSlice,
}: {
  holdsUp: boolean;
  onSlice: (folder: Folder) => void;
}): Promise<number[]> {
  pauses.length = 0;
  let slices = 0;
  const storage: Partial<FoldingEffects['storage']> = {
    listAssessments: () => Promise.resolve([]),
    readTallyMarkers: () => Promise.resolve([]),
    findMissed: () => Promise.resolve([]),
    countUnreadable: () => Promise.resolve(0),
    foldResponses(limit) {
      onSlice(folder);
      vi.advanceTimersByTime(SLICE_MS);
      slices += 1;
      return Promise.resolve(slices < SLICES ? limit : 0);
    },
  };
  const folder = createFolder({
    storage: storage as FoldingEffects['storage'],
    counting: createCounting(INSTRUMENTS),
    log: { info: () => undefined, error: () => undefined },
    holdsUp,
  });
  onTestFinished(() => folder.finish());
  await vi.waitFor(() => expect(slices).toBeGreaterThanOrEqual(SLICES), PATIENCE);
  return pauses.slice(0, SLICES - 1);
}

const comesMore = (folder: Folder) => folder.noteArrival();

test('while more comes, those who are held up by slices have three quarters of the time', async () => {
  const found = await pausesBetweenSlices({ holdsUp: true, onSlice: comesMore });
  expect(found).toEqual([REST_MS, REST_MS, REST_MS, REST_MS]);
});

test('what holds nobody up, or nobody is there for, is added without a rest', async () => {
  const ofServer = await pausesBetweenSlices({ holdsUp: false, onSlice: comesMore });
  expect(Math.max(...ofServer)).toBeLessThan(SLICE_MS);
  const alone = await pausesBetweenSlices({ holdsUp: true, onSlice: () => undefined });
  expect(Math.max(...alone)).toBeLessThan(SLICE_MS);
});
