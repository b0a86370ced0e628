/** A display's code changes this often. */
export const WINDOW_MS = 30_000;

/**
 * So far may a display's clock be ahead of the server's, and so far either way from the phone's, before a code is out of its
 * time: a clock that is a minute off passes, and so does somebody who is called to the counter before the page has opened.
 */
export const TOLERANCE_MS = 10 * 60_000;

/** The number of the window that a moment (milliseconds since 1970) is in. */
export const windowAt = (now: number): number => Math.floor(now / WINDOW_MS);

/** When a window begins, in milliseconds since 1970. */
export const windowBegins = (window: number): number => window * WINDOW_MS;

/** Whether a code is of another time than the clock (milliseconds since 1970) of the phone that opened the survey by it. */
export const isOutOfTime = (window: number, now: number): boolean =>
  Math.abs(now - windowBegins(window)) > TOLERANCE_MS;
