import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** The longest that nothing else could be done while the routine ran, in milliseconds. */
export async function heldBy<Value>(routine: () => Promise<Value>): Promise<[Value, number]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(20);
  delay.reset();
  const value = await routine();
  await pause(5);
  delay.disable();
  return [value, delay.max / 1e6];
}
