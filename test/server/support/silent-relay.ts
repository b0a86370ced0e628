import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands between a server and its PostgreSQL, as the network does. */
export interface SilentRelay {
  /** The address of the database by way of it. */
  url: string;
  /** Bytes of those who ask that it has taken so far. */
  taken(): number;
  /** From now on nothing is passed on in either direction, not even that a side has ended its connection. */
  fallSilent(): void;
  /** New connections are passed on again; those of before stay silent, on both sides, for ever. */
  comeBack(): void;
}

interface RelayOptions {
  /** Where it is to be found; 0 is whichever port is free. */
  host?: string;
  port?: number;
  /** Is shown what each who asks says, before it is passed on. */
  hear?: (bytes: Buffer, asking: Socket) => void;
}

/** A relay in front of the database at `databaseUrl`; gone when the test ends. */
export async function startSilentRelay(
  databaseUrl: string,
  { host = '127.0.0.1', port = 0, hear }: RelayOptions = {},
): Promise<SilentRelay> {
  const target = new URL(databaseUrl);
  const all = new Set<Socket>();
  const dead = new WeakSet<Socket>();
  let isSilent = false;
  let taken = 0;

  function pass(from: Socket, to: Socket) {
    all.add(from);
    from.on('error', () => undefined);
    from.on('data', (bytes) => {
      if (!dead.has(from)) to.write(bytes);
    });
    from.on('close', () => {
      if (!dead.has(from)) to.destroy();
    });
  }

  const relay = createServer({ allowHalfOpen: true }, (asking) => {
    if (isSilent) {
      all.add(asking);
      dead.add(asking);
      asking.on('error', () => undefined).resume();
      return;
    }
    const answering = connect({
      host: target.hostname,
      port: Number(target.port),
      allowHalfOpen: true,
    });
    asking.on('data', (bytes: Buffer) => {
      taken += bytes.length;
      hear?.(bytes, asking);
    });
    pass(asking, answering);
    pass(answering, asking);
  });
  relay.listen(port, host);
  await once(relay, 'listening');
  onTestFinished(() => {
    relay.close();
    for (const socket of all) socket.destroy();
  });
  const address = relay.address();
  const itsPort = typeof address === 'object' ? address?.port : null;
  return {
    url: Object.assign(new URL(databaseUrl), { host: `${host}:${itsPort}` }).href,
    taken: () => taken,
    fallSilent() {
      isSilent = true;
      for (const socket of all) dead.add(socket);
    },
    comeBack() {
      isSilent = false;
    },
  };
}
