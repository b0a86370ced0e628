import { connect } from 'node:net';
import { readReply } from './requests.ts';

/** The bare minimum over sockets: a client that did more would be what is measured. */
function sendOnOne(
  port: number,
  next: () => Buffer | undefined,
  tell: (milliseconds: number, accepted: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let reply = '';
    let sentAt = 0;
    function sendNext() {
      const request = next();
      if (request) {
        sentAt = performance.now();
        socket.write(request);
      } else {
        socket.destroy();
        resolve();
      }
    }
    socket.setEncoding('latin1');
    socket.on('connect', sendNext);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the server ended the connection')));
    socket.on('data', (part: string) => {
      reply += part;
      const read = readReply(reply);
      if (!read) return;
      if (!read.isOk) reject(new Error(reply.slice(0, 500)));
      tell(performance.now() - sentAt, read.accepted);
      reply = '';
      sendNext();
    });
  });
}

/** How the requests of a load were answered; `milliseconds` of each, in the order of the replies. */
export interface Sent {
  seconds: number;
  milliseconds: Float64Array;
  /** How many responses the replies said were taken. */
  accepted: number;
}

/** Sends requests over so many connections that stay open, each the next as soon as its last was answered. */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  connections: number,
): Promise<Sent> {
  const milliseconds = new Float64Array(requests.length);
  let [begun, answered, accepted] = [0, 0, 0];
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () =>
      sendOnOne(
        port,
        () => requests[begun++],
        (taken, inReply) => {
          milliseconds[answered++] = taken;
          accepted += inReply;
        },
      ),
    ),
  );
  return { seconds: (performance.now() - startedAt) / 1000, milliseconds, accepted };
}
