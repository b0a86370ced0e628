import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { emptyEntry, MAX_NOTE_CHARACTERS } from '#core/contract/oit.ts';
import { createResults } from '#server/counting/results.ts';
import { createRollUpRows } from '#server/counting/roll-up-rows.ts';
import { MOST_WHOLES } from '#server/counting/wholes.ts';
import { OIT_INSTRUMENTS } from '../support/fixtures.ts';
import { numberedUuid } from '../support/numbered-uuid.ts';
import { createTestServer } from '../support/test-server.ts';

const OFFICES = 300;

/** As many bytes as the heap holds once all that is unused is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test('the rows of many offices are remembered without what they are made of, which is a hundred times as much', async () => {
  const { effects, createAssessment } = await createTestServer();
  const { assessment } = await createAssessment();
  const officesFrom = (first: number, length: number) =>
    Array.from({ length }, (_, place) => ({ ...assessment, id: numberedUuid(first + place) }));
  const [oit] = OIT_INSTRUMENTS.values();
  if (!oit) throw new Error('no OIT');
  const items = oit.indicators.flatMap(({ subIndicators }) =>
    subIndicators.flatMap((part) => part.items),
  );
  const note = 'ก'.repeat(MAX_NOTE_CHARACTERS);
  effects.storage.findChecklist = () =>
    Promise.resolve({
      instrument: oit.id,
      weights: {},
      entries: items.map((item) => ({ ...emptyEntry(item), note })),
    });
  const rows = createRollUpRows(effects, createResults(effects));
  // Scores are remembered of so many offices and no more.
  await rows.whole(() => Promise.resolve(officesFrom(10_000, MOST_WHOLES)));
  const before = heldBytes();
  const offices = officesFrom(20_000, OFFICES);
  const whole = await rows.whole(() => Promise.resolve(offices));
  const grown = heldBytes() - before;
  expect(whole).toHaveLength(OFFICES);
  // Of each what was typed into its checklist is 88 kB.
  expect(grown / OFFICES).toBeLessThan(20_000);
  expect(await rows.soon(() => Promise.resolve(offices))).toEqual(whole);
});
