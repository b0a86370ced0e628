import { asApiError } from '../api-error.ts';
import { pollDelayMs, type Polled, type PollingEffects } from '../overview/polling.ts';
import type { StreamListener } from './open-stream.ts';

/**
 * lost: figures are no longer new by themselves, until the stream is open again. crowded-out: other pages have the streams, and here
 * figures are new once a minute.
 */
export type Connection = 'opening' | 'open' | 'lost' | 'crowded-out';

export interface LiveFigures<Value> extends Polled<Value> {
  connection: Connection;
}

export interface LiveEffects extends PollingEffects {
  openStream: (listener: StreamListener) => () => void;
}

/** What comes with time alone, such as an alarm after a day, no event tells of. */
export const REFRESH_MS = 60_000;

/** A stream says every fifteen seconds that it is there; a network that went away says nothing. */
export const SILENCE_MS = 40_000;

const FIRST_RECONNECT_MS = 1_000;
const LONGEST_RECONNECT_MS = 60_000;

/** How long to wait with the next stream after so many that did not open: a second, then doubling up to a minute. */
export const reconnectDelayMs = (failures: number): number =>
  Math.min(LONGEST_RECONNECT_MS, FIRST_RECONNECT_MS * 2 ** failures);

/**
 * Asks at once, and again whenever a stream says that there are other figures; only while the page is visible. Where the stream ends, it
 * is opened again, more slowly while that fails. `tell` gets every change, and what was told last stays. Returns the functions
 * that end it, that ask at once, and that take figures which were asked for otherwise.
 */
export function startLive<Value>(
  load: () => Promise<Value>,
  tell: (figures: LiveFigures<Value>) => void,
  effects: LiveEffects,
): { stop: () => void; askNow: () => void; take: (value: Value) => void } {
  let figures: LiveFigures<Value> = { latest: null, error: null, connection: 'opening' };
  let isAsking = false;
  let isAskedAgain = false;
  let isStopped = false;
  let failures = 0;
  let lost = 0;
  let closeStream: (() => void) | null = null;
  let askTimer: ReturnType<typeof setTimeout> | undefined;
  let openTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  const isResting = () => isStopped || !effects.isVisible();

  function show(change: Partial<LiveFigures<Value>>) {
    figures = { ...figures, ...change };
    tell(figures);
  }

  function settle(change: Partial<LiveFigures<Value>>) {
    isAsking = false;
    if (isStopped) return;
    failures = change.error ? failures + 1 : 0;
    show(change);
    if (isAskedAgain) ask();
    else askTimer = setTimeout(ask, failures > 0 ? pollDelayMs(failures) : REFRESH_MS);
  }

  function ask() {
    clearTimeout(askTimer);
    if (isResting()) return;
    isAskedAgain = isAsking;
    if (isAsking) return;
    isAsking = true;
    load()
      .then((value) => settle({ latest: { value, at: effects.now() }, error: null }))
      .catch((thrown: unknown) => settle({ error: asApiError(thrown) }));
  }

  function disconnect() {
    closeStream?.();
    closeStream = null;
    clearTimeout(openTimer);
    clearTimeout(silenceTimer);
  }

  function hear() {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lose, SILENCE_MS);
  }

  function lose() {
    disconnect();
    if (isResting()) return;
    show({ connection: 'lost' });
    openTimer = setTimeout(connect, reconnectDelayMs(lost));
    lost += 1;
    ask();
  }

  function giveWay() {
    disconnect();
    if (isResting()) return;
    show({ connection: 'crowded-out' });
    openTimer = setTimeout(connect, REFRESH_MS);
  }

  function connect() {
    disconnect();
    if (isResting()) return;
    hear();
    closeStream = effects.openStream({
      onOpen() {
        lost = 0;
        hear();
        show({ connection: 'open' });
        // Also what changed before anybody listened.
        ask();
      },
      onChanged() {
        hear();
        ask();
      },
      onAlive: hear,
      onCrowdedOut: giveWay,
      onLost: lose,
    });
  }

  function startOrRest() {
    if (isResting()) {
      disconnect();
      clearTimeout(askTimer);
      return;
    }
    connect();
    ask();
  }

  const stopListening = effects.onVisible(startOrRest);
  startOrRest();
  return {
    stop() {
      isStopped = true;
      startOrRest();
      stopListening();
    },
    askNow() {
      if (!closeStream) connect();
      ask();
    },
    take: (value) => show({ latest: { value, at: effects.now() }, error: null }),
  };
}
