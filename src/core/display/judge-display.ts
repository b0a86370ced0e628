import type { Admission } from '../contract/admission.ts';
import { dayInBangkok } from '../life/day.ts';
import type { DisplayFlag } from './display-flag.ts';
import { markOf } from './mark.ts';
import { TOLERANCE_MS, windowAt, windowBegins } from './window.ts';

/** Whoever begins late in the evening finishes within this. */
const LONGEST_ANSWERING_MS = 2 * 60 * 60_000;

/** Whether a response that was finished on that day (ISO) can have been begun in the window. */
function isOfThatDay(window: number, day: string): boolean {
  const begun = windowBegins(window);
  return (
    dayInBangkok(begun - TOLERANCE_MS) <= day && day <= dayInBangkok(begun + LONGEST_ANSWERING_MS)
  );
}

/** A response that arrives at a channel with a display. */
interface Arrival {
  admission: Admission | null;
  channel: string;
  /** Of the channel's display, in hex. */
  secret: string;
  /** The day of finishing on the device, ISO. */
  day: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
}

/**
 * Judges how a response came. It may have waited on a phone for days, so a window of the past is not too old by itself: what
 * is too old is told by the day on which the response was finished, and by the phone.
 */
export function judgeDisplay({ admission, channel, secret, day, now }: Arrival): DisplayFlag {
  if (admission?.by !== 'display') return 'poster';
  const { window, mark, isOld } = admission;
  const latest = windowAt(now + TOLERANCE_MS);
  if (markOf(secret, channel, window) !== mark) return 'wrong-code';
  return isOld || window > latest || !isOfThatDay(window, day) ? 'old-code' : 'display';
}
