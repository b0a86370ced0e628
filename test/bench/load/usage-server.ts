// Loaded into a measured server before its own code (`node --import`): tells at a socket of its own what the process uses.
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Usage } from './usage.ts';

// Once for a process: its threads load this too, and find no socket.
const socket = process.env['USAGE_SOCKET'];

function tidyHeap(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuSeconds: (user + system) / 1e6, heapBytes: heapUsed, rssBytes: rss };
}

if (socket !== undefined) {
  delete process.env['USAGE_SOCKET'];
  createServer((request, reply) => {
    if (request.url === '/tidied') tidyHeap();
    reply.end(JSON.stringify(usageNow()));
  })
    .listen(socket)
    .unref();
}
