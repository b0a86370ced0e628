import type { Dice } from './dice.ts';

/** What the way between a device and the server does to one request. */
export type Fault =
  | { kind: 'none' }
  /** The connection ends before the server saw anything. */
  | { kind: 'dropped before the server' }
  /** The server gets half of the request. */
  | { kind: 'request cut in the middle' }
  /** The server gets a request without its body, as iOS sends one now and then. */
  | { kind: 'request emptied' }
  /** The server answers, and the answer is thrown away. */
  | { kind: 'dropped after the server' }
  /** Content-Length promises the whole reply, the connection ends in its middle. */
  | { kind: 'reply cut in the middle' }
  /** Two copies reach the server at the same moment. */
  | { kind: 'doubled at once' }
  /** A copy reaches the server again, so much later. */
  | { kind: 'doubled later'; milliseconds: number }
  /** The server sees it when the device may have given it up and sent it again. */
  | { kind: 'request delayed'; milliseconds: number }
  /** The server answers at once, the device hears of it so much later. */
  | { kind: 'reply delayed'; milliseconds: number }
  /** The reply comes in drops. */
  | { kind: 'reply in drops' }
  /** An earlier reply to the same device is played again, as a bad cache would. */
  | { kind: 'stale reply' }
  /** Somebody on the way answers in the server's place. */
  | {
      kind: 'answered';
      title: string;
      status: number;
      headers: Record<string, string>;
      body: string;
    };

const PAGE = '<!doctype html><title>-</title><p>Sign in to the Wi-Fi';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PROBLEM = { 'content-type': 'application/problem+json' };

function problem(status: number, code: string): string {
  return JSON.stringify({
    type: `urn:sucharit:problem:${code}`,
    title: code,
    status,
    code,
  });
}

/** How a device's time goes by beside ours, which says how long a delay has to be to matter. */
export interface Pace {
  /** Milliseconds of ours after which the device gives a request up. */
  requestLimitMs: number;
  /** The longest Retry-After that a seed can wait for, in the device's seconds. */
  longestQuietSeconds: number;
}

function retryAfter(dice: Dice, { longestQuietSeconds }: Pace): string {
  const seconds = dice.between(0, longestQuietSeconds);
  // Both forms of the header; the date is the way's own, and the device's clock may be off by a year.
  return dice.chance(0.8) ? String(seconds) : new Date(Date.now() + seconds * 1000).toUTCString();
}

const PORTALS: readonly { status: number; headers: Record<string, string> }[] = [
  { status: 200, headers: HTML },
  { status: 302, headers: { ...HTML, location: '/sign-in-to-the-wifi' } },
  // A wall that asks whoever comes for a cookie: the batch comes again as a GET.
  { status: 302, headers: { ...HTML, location: '/api/v1/batches' } },
  { status: 403, headers: HTML },
  { status: 511, headers: HTML },
];

/** Throws the dice for one request. */
export function faultFor(dice: Dice, pace: Pace): Fault {
  if (dice.chance(0.4)) return { kind: 'none' };
  const delay = () => dice.between(10, Math.round(pace.requestLimitMs * 2));
  const faults: (() => Fault)[] = [
    () => ({ kind: 'dropped before the server' }),
    () => ({ kind: 'request cut in the middle' }),
    () => ({ kind: 'request emptied' }),
    () => ({ kind: 'dropped after the server' }),
    () => ({ kind: 'dropped after the server' }),
    () => ({ kind: 'reply cut in the middle' }),
    () => ({ kind: 'reply cut in the middle' }),
    () => ({ kind: 'doubled at once' }),
    () => ({ kind: 'doubled at once' }),
    () => ({ kind: 'doubled later', milliseconds: delay() }),
    () => ({ kind: 'request delayed', milliseconds: delay() }),
    () => ({ kind: 'reply delayed', milliseconds: delay() }),
    () => ({ kind: 'reply in drops' }),
    () => ({ kind: 'stale reply' }),
    () => ({ kind: 'answered', title: '413', status: 413, headers: HTML, body: PAGE }),
    () => ({
      kind: 'answered',
      title: '429',
      status: 429,
      headers: { ...PROBLEM, 'retry-after': retryAfter(dice, pace) },
      body: problem(429, 'too-many-requests'),
    }),
    () => ({
      kind: 'answered',
      title: '500',
      status: 500,
      headers: PROBLEM,
      body: problem(500, 'internal'),
    }),
    () => ({ kind: 'answered', title: '502 with HTML', status: 502, headers: HTML, body: PAGE }),
    () => ({
      kind: 'answered',
      title: '503',
      status: 503,
      headers: { ...PROBLEM, ...(dice.chance(0.5) && { 'retry-after': retryAfter(dice, pace) }) },
      body: problem(503, 'storage-unavailable'),
    }),
    () => ({ kind: 'answered', title: 'captive portal', body: PAGE, ...dice.pick(PORTALS) }),
  ];
  return dice.pick(faults)();
}
