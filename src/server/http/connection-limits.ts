import { createServer, type Server } from 'node:http';

/** How long a sender may take, in milliseconds. */
export interface ConnectionLimits {
  /** Until the head of a request is there. */
  head: number;
  /** Until all of a request is there. */
  request: number;
  /** Without a byte in either direction: also for whoever asks for much and takes none of it. */
  silence: number;
  /** How often the first two are looked at. */
  look: number;
}

/** Devices give up a request of their own after half a minute; whoever is slower keeps a connection and sends nothing. */
const LIMITS: ConnectionLimits = {
  head: 20_000,
  request: 60_000,
  silence: 120_000,
  look: 5_000,
};

/** A server that lets nobody hold a connection for long by being slow. */
export function createLimitedServer({ head, request, silence, look } = LIMITS): Server {
  const server = createServer({
    headersTimeout: head,
    requestTimeout: request,
    connectionsCheckingInterval: look,
  });
  server.timeout = silence;
  return server;
}
