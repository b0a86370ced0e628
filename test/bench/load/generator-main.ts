// The sender of a load, a process of its own: it has the requests ready, byte for byte, before it sends the first.
import { once } from 'node:events';
import { percentileOf } from '../phone/statistics.ts';
import { envelopeMaker } from './envelopes.ts';
import type { Load, LoadFigures, ToGenerator } from './generator.ts';
import { batchRequest } from './requests.ts';
import { sendAll } from './send-all.ts';

let requests: Buffer[] = [];

function prepare({ channels, responses, batch, day }: Load): void {
  const makers = channels.map((channel) => envelopeMaker(channel, day));
  requests = Array.from({ length: Math.ceil(responses / batch) }, (_, number) => {
    const make = makers[number % makers.length];
    if (!make) throw new Error('a load without channels');
    const size = Math.min(batch, responses - number * batch);
    return batchRequest(Array.from({ length: size }, make), number);
  });
}

async function send(port: number, connections: number): Promise<LoadFigures> {
  const before = process.cpuUsage();
  const { seconds, milliseconds, accepted } = await sendAll(port, requests, connections);
  const { user, system } = process.cpuUsage(before);
  const taken = [...milliseconds];
  return {
    accepted,
    seconds,
    p50: percentileOf(taken, 0.5),
    p95: percentileOf(taken, 0.95),
    p99: percentileOf(taken, 0.99),
    generatorCpuSeconds: (user + system) / 1e6,
  };
}

while (process.connected) {
  const [asked] = (await once(process, 'message')) as [ToGenerator];
  if (asked.ask === 'end') process.disconnect?.();
  else if (asked.ask === 'prepare') {
    prepare(asked.load);
    process.send?.(null);
  } else {
    const figures = await send(asked.port, asked.connections);
    process.send?.(figures);
  }
}
