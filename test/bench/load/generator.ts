import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadChannel } from './envelopes.ts';

/** Responses in batches, to each of the channels in turn; `day`: on which they say they were finished. */
export interface Load {
  channels: readonly LoadChannel[];
  responses: number;
  batch: number;
  day: string;
}

/** Milliseconds from a request to its whole reply, at these shares of all requests. */
export interface LoadFigures {
  accepted: number;
  seconds: number;
  p50: number;
  p95: number;
  p99: number;
  generatorCpuSeconds: number;
}

export type ToGenerator =
  | { ask: 'prepare'; load: Load }
  | { ask: 'send'; port: number; connections: number }
  | { ask: 'end' };

/** A process that sends loads, one after the other. */
export interface Generator {
  /** Makes the requests; what was made before is forgotten. */
  prepare(load: Load): Promise<void>;
  /**
   * Sends what was made to the server at this port of this machine, over so many connections.
   *
   * @throws Error where one was not answered with 200
   */
  send(port: number, connections: number): Promise<LoadFigures>;
  end(): void;
}

export function startGenerator(): Generator {
  const child = fork(join(import.meta.dirname, 'generator-main.ts'));
  async function ask(asked: ToGenerator): Promise<unknown> {
    const ending = new AbortController();
    const { signal } = ending;
    const answered = once(child, 'message', { signal });
    const failed = once(child, 'exit', { signal }).then(() => {
      throw new Error('the generator of the load failed');
    });
    child.send(asked);
    try {
      const [answer] = await Promise.race([answered, failed]);
      return answer;
    } finally {
      ending.abort();
      await Promise.allSettled([answered, failed]);
    }
  }
  return {
    async prepare(load) {
      await ask({ ask: 'prepare', load });
    },
    send: async (port, connections) =>
      (await ask({ ask: 'send', port, connections })) as LoadFigures,
    end: () => void child.send({ ask: 'end' }),
  };
}
