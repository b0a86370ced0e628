import { expect, it } from 'vitest';
import { solveWork } from '#client/sync/solve-work.ts';
import { digestOf } from '#core/contract/digest.ts';

const work = (number: number, most: number) =>
  `${most} salt?batch=1& ${digestOf(`salt?batch=1&${number}`)} signature`;

it.each([0, 1, 999, 1_000, 1_200])('finds the number %d, the last one too', async (number) => {
  const done = `${number} salt?batch=1& ${digestOf(`salt?batch=1&${number}`)} signature`;
  expect(await solveWork(work(number, 1_200))).toBe(done);
});

it('finds nothing where there is nothing', async () => {
  expect(await solveWork(work(1_201, 1_200))).toBeNull();
  expect(await solveWork('')).toBeNull();
});

it('lets the page do its own work meanwhile', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  await solveWork(work(40_000, 40_000));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});
