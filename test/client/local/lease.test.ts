import { expect, test } from 'vitest';
import { createLease } from '#client/local/lease.ts';
import { takeTurn, TURN_LIMIT_MS } from '#client/sync/turn.ts';
import { FakeTime, settled } from '../sync/device.ts';
import { openDatabase } from './new-store.ts';
import { IDBFactory } from '../../support/indexed-db.ts';

/** Two tabs of a browser without Web Locks, each with its own connection. */
function twoTabs() {
  const indexedDB = new IDBFactory();
  const time = new FakeTime();
  const turnOf = () => {
    const lease = createLease(openDatabase(indexedDB), () => time.now, TURN_LIMIT_MS);
    return async () => takeTurn(undefined, time.after.bind(time), lease);
  };
  return { time, first: turnOf(), second: turnOf() };
}

test('one tab after the other has the turn', async () => {
  const { time, first, second } = twoTabs();
  const giveBack = await first();
  let isTaken = false;
  const taking = second().then((back) => {
    isTaken = true;
    return back;
  });
  await time.pass(5_000);
  expect(isTaken).toBe(false);
  giveBack();
  await settled();
  await time.pass(1_000);
  expect(isTaken).toBe(true);
  (await taking)();
  await settled();
  expect(await first()).toBeTypeOf('function');
});

test.each([
  ['a tab that died', 0],
  ['a tab that died before the clock was set back by a year', -365 * 86_400_000],
  ['a tab that died before the clock was set ahead by a year', 365 * 86_400_000],
])('the turn is taken from %s, within a minute', async (_, jump) => {
  const { time, first, second } = twoTabs();
  await first();
  time.now += jump;
  let isTaken = false;
  void second().then(() => {
    isTaken = true;
    return undefined;
  });
  await time.pass(TURN_LIMIT_MS + 1_000);
  expect(isTaken).toBe(true);
});
