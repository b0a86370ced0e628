import { expect, onTestFinished, test, vi } from 'vitest';
import { createCounting } from '#server/counting/counting.ts';
import { createFolder, type Folder, type FoldingEffects } from '#server/counting/folder.ts';
import { INSTRUMENTS } from '../support/fixtures.ts';
import { PATIENCE } from '../../support/patience.ts';

const SLICE_MS = 20;
const SLICES = 5;

/** Somewhat less than three times the slice: a rest is longer, and a busy machine takes hardly ever as long from all of them. */
const LEAST_REST_MS = 2.5 * SLICE_MS;

/** Holds everybody up for as long, as SQLite does. */
function holdUp() {
  const end = performance.now() + SLICE_MS;
  while (performance.now() < end);
}

/** A folder that finds so many full slices; `onSlice` hears of each. Tells how long others had between them, in milliseconds. */
async function pausesBetweenSlices({
  holdsUp,
  onSlice,
}: {
  holdsUp: boolean;
  onSlice: (folder: Folder) => void;
}): Promise<number[]> {
  const begun: number[] = [];
  const ended: number[] = [];
  const storage: Partial<FoldingEffects['storage']> = {
    listAssessments: () => Promise.resolve([]),
    readTallyMarkers: () => Promise.resolve([]),
    findMissed: () => Promise.resolve([]),
    countUnreadable: () => Promise.resolve(0),
    foldResponses(limit) {
      begun.push(performance.now());
      onSlice(folder);
      holdUp();
      ended.push(performance.now());
      return Promise.resolve(ended.length < SLICES ? limit : 0);
    },
  };
  const folder = createFolder({
    storage: storage as FoldingEffects['storage'],
    counting: createCounting(INSTRUMENTS),
    log: { info: () => undefined, error: () => undefined },
    holdsUp,
  });
  onTestFinished(() => folder.finish());
  await vi.waitFor(() => expect(ended.length).toBeGreaterThanOrEqual(SLICES), PATIENCE);
  return begun.slice(1, SLICES).map((time, slice) => time - (ended[slice] ?? Number.NaN));
}

const comesMore = (folder: Folder) => folder.noteArrival();

test('while more comes, those who are held up by slices have three quarters of the time', async () => {
  const pauses = await pausesBetweenSlices({ holdsUp: true, onSlice: comesMore });
  expect(Math.min(...pauses)).toBeGreaterThan(LEAST_REST_MS);
});

test('what holds nobody up, or nobody is there for, is added without a rest', async () => {
  const ofServer = await pausesBetweenSlices({ holdsUp: false, onSlice: comesMore });
  expect(Math.min(...ofServer)).toBeLessThan(LEAST_REST_MS);
  const alone = await pausesBetweenSlices({ holdsUp: true, onSlice: () => undefined });
  expect(Math.min(...alone)).toBeLessThan(LEAST_REST_MS);
});
