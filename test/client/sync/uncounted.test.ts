import { expect, test } from 'vitest';
import { REPORT_EVERY_MS } from '#client/sync/device-reports.ts';
import { problemOf } from '#core/contract/problem.ts';
import { isUnacknowledged, uncountedReason } from '#core/outbox/entry.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
import { newStore } from '../local/new-store.ts';
import { Device, settled } from './device.ts';
import { finished } from './real-server.ts';

test('what the server never counts waits no more, and every tab can say why', async () => {
  const problem = problemOf('code-spent');
  const results = [{ id: finished(1).id, result: 'uncounted', problem }];
  const reply = JSON.stringify({ epoch: idOf(9_000), reofferDays: 14, results });
  const device = new Device(async () => new Response(reply));
  const outbox = await device.openTab();
  const other = await device.openTab();
  await outbox.keep(finished(1));
  await settled();
  for (const tab of [outbox, other]) {
    expect(tab.entries.value.map(uncountedReason)).toEqual(['code-spent']);
    expect(tab.entries.value.map(isUnacknowledged)).toEqual([false]);
  }
  expect((await device.openTab()).uncounted.value).toBe(1);
});

test('a reason that this build does not know settles it all the same, and leaves no copy to offer again', async () => {
  const results = [{ id: finished(1).id, result: 'uncounted', problem: { code: 'of-tomorrow' } }];
  const reply = JSON.stringify({ epoch: idOf(9_000), reofferDays: 14, results });
  const store = newStore();
  const device = new Device(async () => new Response(reply), { store });
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  await settled();
  expect(outbox.entries.value.map(uncountedReason)).toEqual(['code-missing']);
  expect(outbox.uncounted.value).toBe(1);
  expect(await store.reoffer({ epoch: idOf(9_001), reofferDays: 14 }, 0)).toEqual([]);
});

test('what was kept apart by a backup from before its code was made comes to the right one, and is told of no more', async () => {
  const { id } = finished(1);
  const counted = { id, result: 'accepted' };
  const apart = { id, result: 'uncounted', problem: problemOf('code-unknown') };
  let restored = { epoch: idOf(9_001), result: counted };
  const sent: string[] = [];
  const device = new Device(async (address) => {
    const { epoch, result } = restored;
    if (address.endsWith('/batches')) sent.push(result.result);
    return new Response(JSON.stringify({ epoch, reofferDays: 14, results: [result] }));
  });
  const outbox = await device.openTab();
  const hearOf = async (next: typeof restored) => {
    restored = next;
    await device.time.pass(REPORT_EVERY_MS);
    await settled();
  };
  await outbox.keep(finished(1));
  await settled();
  await hearOf({ epoch: idOf(9_002), result: apart });
  expect([sent, outbox.uncounted.value]).toEqual([['accepted', 'uncounted'], 1]);
  await hearOf({ epoch: idOf(9_003), result: counted });
  expect(sent).toEqual(['accepted', 'uncounted', 'accepted']);
  expect(outbox.entries.value.map(uncountedReason)).toEqual([null]);
  for (const tab of [outbox, await device.openTab()]) expect(tab.uncounted.value).toBe(0);
});
