import { connect, type Socket } from 'node:net';
import { readReply } from '../load/requests.ts';

/** How a request was answered. */
export interface Answer {
  isOk: boolean;
  accepted: number;
  /** What was sent, where it did not arrive whole or was not answered with 200. */
  problem: string | null;
}

/** Connections that stay open, each with one request at a time. */
export interface Connections {
  /** Sends as soon as a connection is free; `begun` is called then. Never rejects. */
  send(request: Buffer, begun: () => void): Promise<Answer>;
  close(): void;
}

interface Waiting {
  request: Buffer;
  begun: () => void;
  answer: (answer: Answer) => void;
}

/** At most so many to all of the ports, which they reach by turns. */
export function openConnections(ports: readonly number[], most: number): Connections {
  const idle: Socket[] = [];
  const open = new Set<Socket>();
  const waiting: Waiting[] = [];
  const work = new Map<Socket, Waiting & { reply: string; isReused: boolean }>();
  let opened = 0;

  function finish(socket: Socket, answer: Answer): void {
    const done = work.get(socket);
    work.delete(socket);
    done?.answer(answer);
  }

  function lose(socket: Socket, problem: string): void {
    open.delete(socket);
    const place = idle.indexOf(socket);
    if (place >= 0) idle.splice(place, 1);
    socket.destroy();
    const current = work.get(socket);
    // The server ends what is silent for long; browsers too send once more what met such an end.
    if (current?.isReused === true && current.reply === '') {
      work.delete(socket);
      waiting.unshift(current);
    }
    finish(socket, { isOk: false, accepted: 0, problem });
    giveOut();
  }

  function openOne(): Socket {
    const port = ports[opened % ports.length] ?? 0;
    opened += 1;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    open.add(socket);
    socket.setEncoding('latin1');
    socket.on('error', (error) => lose(socket, error.message));
    socket.on('end', () => lose(socket, 'the connection was ended'));
    socket.on('data', (part: string) => {
      const current = work.get(socket);
      if (!current) return;
      current.reply += part;
      const read = readReply(current.reply);
      if (!read) return;
      const problem = read.isOk ? null : current.reply.slice(0, current.reply.indexOf('\r\n'));
      finish(socket, { ...read, problem });
      idle.push(socket);
      giveOut();
    });
    return socket;
  }

  function giveOut(): void {
    while (waiting.length > 0) {
      const reused = idle.pop();
      const socket = reused ?? (open.size < most ? openOne() : undefined);
      const next = socket && waiting.shift();
      if (!next) return;
      work.set(socket, { ...next, reply: '', isReused: reused !== undefined });
      next.begun();
      socket.write(next.request);
    }
  }

  return {
    send: async (request, begun) =>
      new Promise((answer) => {
        waiting.push({ request, begun, answer });
        giveOut();
      }),
    close() {
      for (const socket of open) socket.destroy();
      open.clear();
    },
  };
}
