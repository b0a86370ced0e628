import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from './machine.ts';
import { cpuSecondsOf, memoryOfAll } from './processes.ts';

/** Each look takes some tenths of a second of a core from those whose times are measured. */
const MEMORY_EVERY_MS = 15_000;

/** What servers and database used in a phase: seconds of the processor, and the most bytes of memory seen. */
export interface Used {
  serverCpu: number;
  databaseCpu: number;
  serverMemory: number;
  databaseMemory: number;
}

/** Watches from now on; what it returns ends that. */
export function watch({ serverPids, store }: Machine): () => Promise<Used> {
  const groups = { server: serverPids(), database: store.pids() };
  const before = { server: cpuSecondsOf(groups.server), database: cpuSecondsOf(groups.database) };
  const most = { server: 0, database: 0 };
  const look = async () => {
    most.server = Math.max(most.server, await memoryOfAll(groups.server));
    most.database = Math.max(most.database, await memoryOfAll(groups.database));
  };
  const ending = new AbortController();
  const looking = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await pause(MEMORY_EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return async function endWatching() {
    const [server, database] = [cpuSecondsOf(groups.server), cpuSecondsOf(groups.database)];
    ending.abort();
    await looking;
    await look();
    return {
      serverCpu: server - before.server,
      databaseCpu: database - before.database,
      serverMemory: most.server,
      databaseMemory: most.database,
    };
  };
}
