import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './exposition.ts';

const MEGABYTE = 1024 * 1024;

/** Steps in which figures of the process are told: a single request changes none of them but by chance. */
const MEMORY_STEP = 16 * MEGABYTE;
const CPU_STEP_SECONDS = 10;
const DELAY_STEPS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const SAMPLED_EVERY_MS = 20;

const roundedUp = (bytes: number) => Math.ceil(bytes / MEMORY_STEP) * MEMORY_STEP;

/** The next step above, seconds; whatever took longer than all of them is told as the last. */
export const delayStep = (seconds: number): number =>
  DELAY_STEPS.find((step) => seconds <= step) ?? DELAY_STEPS.at(-1) ?? 0;

export interface ProcessFigures {
  /** To be called once a minute. */
  look(): void;
  families(): Family[];
  end(): void;
}

/** How the process is doing, in steps that are coarser than what one visitor does to it. */
export function watchProcess(): ProcessFigures {
  const delays = monitorEventLoopDelay({ resolution: SAMPLED_EVERY_MS });
  delays.enable();
  let longest = delayStep(0);
  return {
    look() {
      longest = delayStep(delays.max / 1e9);
      delays.reset();
    },
    families() {
      const { rss, heapUsed } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const cpu = Math.floor((user + system) / 1e6 / CPU_STEP_SECONDS) * CPU_STEP_SECONDS;
      return [
        {
          name: 'process_resident_memory_bytes',
          help: 'Memory of the process, rounded up to 16 MB.',
          type: 'gauge',
          samples: [{ value: roundedUp(rss) }],
        },
        {
          name: 'sucharit_heap_used_bytes',
          help: 'JavaScript heap in use, rounded up to 16 MB.',
          type: 'gauge',
          samples: [{ value: roundedUp(heapUsed) }],
        },
        {
          name: 'process_cpu_seconds_total',
          help: 'Time on the processor, in full ten seconds.',
          type: 'counter',
          samples: [{ value: cpu }],
        },
        {
          name: 'sucharit_event_loop_delay_seconds',
          help: 'The longest that everybody had to wait within the last minute, as the next step of 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 or 30.',
          type: 'gauge',
          samples: [{ value: longest }],
        },
      ];
    },
    end: () => delays.disable(),
  };
}
