import { createServer, type Server, type ServerResponse } from 'node:http';
import { EXPOSITION_TYPE } from './exposition.ts';
import type { Metrics } from './metrics.ts';

async function answer(metrics: Metrics, reply: ServerResponse): Promise<void> {
  const text = await metrics.text();
  reply.writeHead(200, {
    'content-type': EXPOSITION_TYPE,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  reply.end(text);
}

/** A server of its own for the figures alone: no proxy of visitors leads to it, whatever it passes on. */
export function createMetricsServer(metrics: Metrics): Server {
  return createServer((request, reply) => {
    if (request.method === 'GET' && request.url === '/metrics') void answer(metrics, reply);
    else reply.writeHead(404).end();
  });
}
