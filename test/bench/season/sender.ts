import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Agency } from './agencies.ts';
import type { Curve } from './arrivals.ts';

/** One after the other as soon as the last was answered, over so many connections, in batches; for so long at most. */
export interface Filling {
  kind: 'filling';
  responses: number;
  batch: number;
  connections: number;
  mostSeconds: number;
}

/** Each at its moment, however slow the answers are; singly, as people send. */
export interface Paced {
  kind: 'paced';
  responses: number;
  seconds: number;
  curve: Curve;
}

export type Phase = Filling | Paced;

/** What came of a phase; milliseconds from the moment at which a request was to be sent to its whole answer. */
export interface PhaseFigures {
  accepted: number;
  /** Requests that were not answered with 200, or not with everything taken. */
  failed: number;
  /** What the first of them was answered. */
  problem: string | null;
  seconds: number;
  p50: number;
  p95: number;
  p99: number;
  worst: number;
  /** Of that, until the request left us: how late the sender itself was. */
  lateP99: number;
  /** Seconds of the processor that the sender used, sealing included. */
  cpuSeconds: number;
}

export type ToSender =
  | { ask: 'begin'; ports: readonly number[]; agencies: readonly Agency[]; day: string }
  | { ask: 'send'; phase: Phase };

export type FromSender =
  | { told: 'ready' }
  | { told: 'progress'; accepted: number; failed: number }
  | { told: 'done'; figures: PhaseFigures };

/** A process that answers for everybody, so that what it takes is told apart from what the servers take. */
export interface Sender {
  /** Who is asked, at which servers; `day`: on which responses say they were finished. */
  begin(ports: readonly number[], agencies: readonly Agency[], day: string): Promise<void>;
  /** `tell` hears every few seconds. */
  send(
    phase: Phase,
    tell: (sent: { accepted: number; failed: number }) => void,
  ): Promise<PhaseFigures>;
  end(): void;
}

export function startSender(): Sender {
  const child = fork(join(import.meta.dirname, 'sender-main.ts'));
  const failed = once(child, 'exit').then((): never => {
    throw new Error('the sender ended');
  });
  failed.catch(() => undefined);
  const ask = (asked: ToSender) => void child.send(asked);

  async function hear(): Promise<FromSender> {
    const [told] = await Promise.race([once(child, 'message'), failed]);
    return told as FromSender;
  }

  return {
    async begin(ports, agencies, day) {
      ask({ ask: 'begin', ports, agencies, day });
      await hear();
    },
    async send(phase, tell) {
      ask({ ask: 'send', phase });
      for (;;) {
        const told = await hear();
        if (told.told === 'done') return told.figures;
        if (told.told === 'progress') tell(told);
      }
    },
    end: () => void (child.connected && child.disconnect()),
  };
}
