import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever wants any (from 32768 or 49152), as all else in a run does: none of them is given away
 * between this look and its use, which may be seconds later.
 */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** Each process begins elsewhere and takes one after the other, so that two hardly ever look at the same. */
let next = randomInt(PORTS);

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}

/** A port of this machine that nobody listens on; never the same twice. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    const port = FIRST_PORT + next;
    next = (next + 1) % PORTS;
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}
