import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

const THREADS = 4;
const FOLDERS = 25;

/** Threads are processes that share a number, as in containers. Folder by folder they begin at the same moment. */
const PROGRAM = `
  import { workerData, parentPort } from 'node:worker_threads';
  const { sessionSecret } = await import(workerData.program);
  const arrived = new Int32Array(workerData.arrived);
  const tell = (folder, index) => {
    Atomics.add(arrived, index, 1);
    while (Atomics.load(arrived, index) < workerData.threads);
    try {
      return sessionSecret(folder);
    } catch (error) {
      return error.message;
    }
  };
  parentPort.postMessage(workerData.folders.map(tell));
`;

test('of servers that start together, also under one number, one makes the key and all have it', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'sucharit-key-'));
  try {
    const folders = Array.from({ length: FOLDERS }, (_, index) => join(parent, String(index)));
    for (const folder of folders) mkdirSync(folder);
    const workerData = {
      program: new URL('../../../src/server/auth/session-secret.ts', import.meta.url).href,
      arrived: new SharedArrayBuffer(FOLDERS * Int32Array.BYTES_PER_ELEMENT),
      threads: THREADS,
      folders,
    };
    const told = await Promise.all(
      Array.from(
        { length: THREADS },
        () =>
          new Promise<string[]>((resolve, reject) => {
            const url = new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`);
            const worker = new Worker(url, { workerData });
            worker.once('message', resolve);
            worker.once('error', reject);
          }),
      ),
    );
    for (const [index, folder] of folders.entries()) {
      const [first, ...others] = told.map((keys) => keys[index]);
      expect(first).toMatch(/^[\w-]{43}$/);
      expect(new Set([first, ...others])).toEqual(new Set([first]));
      expect(readdirSync(folder)).toEqual(['session-secret']);
    }
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
