import type { Machine } from './machine.ts';
import { cpuSecondsOf, memoryOfAll } from './processes.ts';

const MEMORY_EVERY_MS = 1_000;

/** What servers and database used in a phase: seconds of the processor, and the most bytes of memory seen. */
export interface Used {
  serverCpu: number;
  databaseCpu: number;
  serverMemory: number;
  databaseMemory: number;
}

/** Watches from now on; what it returns ends that. */
export function watch({ serverPids, store }: Machine): () => Used {
  const groups = { server: serverPids(), database: store.pids() };
  const before = { server: cpuSecondsOf(groups.server), database: cpuSecondsOf(groups.database) };
  const most = { server: 0, database: 0 };
  const look = () => {
    most.server = Math.max(most.server, memoryOfAll(groups.server));
    most.database = Math.max(most.database, memoryOfAll(groups.database));
  };
  look();
  const timer = setInterval(look, MEMORY_EVERY_MS);
  return function endWatching() {
    clearInterval(timer);
    look();
    return {
      serverCpu: cpuSecondsOf(groups.server) - before.server,
      databaseCpu: cpuSecondsOf(groups.database) - before.database,
      serverMemory: most.server,
      databaseMemory: most.database,
    };
  };
}
