// What processes use, as Linux tells it; nothing elsewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The clock's ticks in a second in which Linux counts a processor's time, on every machine of today. */
const TICKS = 100;
const PAGE = 1024;

interface ProcessState {
  parent: number;
  /** Also of the children that it has buried. */
  cpuSeconds: number;
}

function stateOf(pid: number): ProcessState | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may have any character in it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), cpuSeconds: ticks / TICKS };
  } catch {
    return null;
  }
}

/**
 * The part of the memory that is its own, and its share of what it has with others. Linux goes through all of its pages for it: ten
 * milliseconds for one of PostgreSQL's processes with 1 GB that all of them share, in which nobody may wait for us.
 */
async function memoryOf(pid: number): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss: +(\d+) kB$/m.exec(text)?.[1] ?? 0) * PAGE;
  } catch {
    return 0;
  }
}

/** Those processes, and all that they have started. */
function family(pids: readonly number[]): Map<number, ProcessState> {
  const all = new Map<number, ProcessState>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const state = Number.isInteger(pid) && stateOf(pid);
    if (state) all.set(pid, state);
  }
  const isOfThem = (pid: number): boolean =>
    pids.includes(pid) || (all.has(pid) && isOfThem(all.get(pid)?.parent ?? 0));
  return new Map([...all].filter(([pid]) => isOfThem(pid)));
}

/** Seconds of the processor that these processes and what they started have used so far. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return [...family(pids).values()].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** Bytes of memory that they have together now, each page once. One process after the other: it is work, of which a core has enough to do. */
export async function memoryOfAll(pids: readonly number[]): Promise<number> {
  let sum = 0;
  for (const pid of family(pids).keys()) sum += await memoryOf(pid);
  return sum;
}
