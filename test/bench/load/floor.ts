import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { toldAt } from './usage.ts';

/** A running floor. @see floor-server.ts */
export interface Floor {
  port: number;
  stop(): Promise<void>;
}

/** `folder`: where its database will be; `socket`: where it tells what it uses. */
export async function startFloor(folder: string, socket: string): Promise<Floor> {
  const port = await freePort();
  const script = join(import.meta.dirname, 'floor-server.ts');
  const child = spawn('node', [script, join(folder, 'floor.db'), String(port)], {
    env: { ...process.env, ...toldAt(socket) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    port,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
