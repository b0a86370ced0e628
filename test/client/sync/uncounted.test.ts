import { expect, test } from 'vitest';
import { problemOf } from '#core/contract/problem.ts';
import { isUnacknowledged, uncountedReason } from '#core/outbox/entry.ts';
import { idOf } from '../../core/outbox/envelopes.ts';
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

test('a reason that this build does not know settles it all the same', async () => {
  const results = [{ id: finished(1).id, result: 'uncounted', problem: { code: 'of-tomorrow' } }];
  const reply = JSON.stringify({ epoch: idOf(9_000), reofferDays: 14, results });
  const device = new Device(async () => new Response(reply));
  const outbox = await device.openTab();
  await outbox.keep(finished(1));
  await settled();
  expect(outbox.entries.value.map(uncountedReason)).toEqual(['code-unknown']);
});
