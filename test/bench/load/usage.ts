import { get } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

/** What a process has used of the processor since it began, all its threads together, and has of memory now. */
export interface Usage {
  cpuSeconds: number;
  heapBytes: number;
  rssBytes: number;
}

/** The environment of a Node process that is to tell what it uses at this socket (a path). */
export const toldAt = (socket: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'usage-server.ts')).href}`,
  USAGE_SOCKET: socket,
});

/** `tidied`: after everything was collected that nobody needs, which holds the process up. */
export function askUsage(socketPath: string, of: 'now' | 'tidied'): Promise<Usage> {
  return new Promise((resolve, reject) => {
    // A connection that stayed open would keep the process from ending.
    get({ socketPath, path: `/${of}`, agent: false }, (reply) => {
      json(reply).then((usage) => resolve(usage as Usage), reject);
    }).on('error', reject);
  });
}
