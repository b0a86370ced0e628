import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const CLOSE_TIMEOUT_MS = 10_000;
const IDLE_CHECK_MS = 100;

/** Asked for by an EventSource, which opens it again by itself. */
const isOfStream = (request: IncomingMessage) =>
  request.headers.accept?.includes('text/event-stream') ?? false;

function endConnectionWith(reply: ServerResponse): void {
  if (!reply.headersSent) reply.setHeader('connection', 'close');
}

/** A server on its way out: what runs ends well, and nobody comes back on the same connection. */
export interface Drain {
  isDraining(): boolean;
  /** From now on each connection ends with its next reply. */
  begin(): void;
  /**
   * Takes no more requests, lets those that run end for ten seconds at the most, and cuts off the replies that would never
   * end.
   */
  close(): Promise<void>;
}

/** Follows the requests of a server. To be called before anything else listens to them. */
export function createDrain(server: Server): Drain {
  const running = new Set<ServerResponse>();
  const streams = new Set<ServerResponse>();
  let isDraining = false;

  server.on('request', (request: IncomingMessage, reply: ServerResponse) => {
    running.add(reply);
    if (isOfStream(request)) streams.add(reply);
    reply.once('close', () => {
      running.delete(reply);
      streams.delete(reply);
    });
    if (isDraining) endConnectionWith(reply);
  });

  function closeWhatRests() {
    for (const reply of streams) reply.destroy();
    // A connection whose request has just ended would else be kept for the next one, which never comes.
    server.closeIdleConnections();
  }

  return {
    isDraining: () => isDraining,
    begin() {
      isDraining = true;
      for (const reply of running) endConnectionWith(reply);
    },
    close: () =>
      new Promise((resolve) => {
        const look = setInterval(closeWhatRests, IDLE_CHECK_MS);
        const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
        server.close(() => {
          clearInterval(look);
          clearTimeout(timer);
          resolve();
        });
        closeWhatRests();
      }),
  };
}
