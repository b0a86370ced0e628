import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Admission } from '#core/contract/admission.ts';
import { codeAddress } from '#core/display/code-address.ts';
import { judgeDisplay } from '#core/display/judge-display.ts';
import { markOf } from '#core/display/mark.ts';
import { offsetOf } from '#core/display/server-clock.ts';
import { TOLERANCE_MS, windowAt, windowBegins, WINDOW_MS } from '#core/display/window.ts';
import { dayInBangkok } from '#core/life/day.ts';

const SECRET = '5e'.repeat(32);
const OTHER_SECRET = 'a1'.repeat(32);
const CHANNEL = 'K7RM3XAE';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Noon in Bangkok. */
const NOON = Date.parse('2024-11-20T05:00:00Z');

const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2090-01-01') });

/** The code of a display whose clock says `at`. */
const shownAt = (at: number, secret = SECRET, channel = CHANNEL): Admission & { by: 'display' } => {
  const window = windowAt(at);
  return { by: 'display', window, mark: markOf(secret, channel, window) };
};

const arrived = (admission: Admission | null, now: number, finished = now) =>
  judgeDisplay({ admission, channel: CHANNEL, secret: SECRET, day: dayInBangkok(finished), now });

describe('a window', () => {
  it('is half a minute long, and every moment is in exactly one', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const begins = windowBegins(windowAt(now));
        expect(now - begins).toBeGreaterThanOrEqual(0);
        expect(now - begins).toBeLessThan(WINDOW_MS);
        expect(windowAt(now + WINDOW_MS)).toBe(windowAt(now) + 1);
      }),
    );
  });
});

describe('a mark', () => {
  it('is HMAC-SHA256 of the channel and the window, cut to 80 bits', () => {
    // By OpenSSL: printf 'sucharit display K7RM3XAE 57000000' | openssl dgst -sha256 -mac HMAC -macopt hexkey:5e5e…
    expect(markOf(SECRET, CHANNEL, 57_000_000)).toBe('2658b169010f4ff313fd');
  });

  it('is another for every window, channel and secret', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        fc.pre(one !== other);
        expect(markOf(SECRET, CHANNEL, one)).not.toBe(markOf(SECRET, CHANNEL, other));
        expect(markOf(SECRET, CHANNEL, one)).not.toBe(markOf(SECRET, 'AAAA2222', one));
        expect(markOf(SECRET, CHANNEL, one)).not.toBe(markOf(OTHER_SECRET, CHANNEL, one));
      }),
      { numRuns: 50 },
    );
  });

  it('stands behind the # of the channel’s address', () => {
    expect(codeAddress('https://office.test/s/K7RM3XAE', 57_000_000, 'ab12')).toBe(
      'https://office.test/s/K7RM3XAE#d=57000000.ab12',
    );
  });
});

describe('a response to a channel with a display', () => {
  it('is from the display whenever its code was right, also after days without network', () => {
    fc.assert(
      fc.property(moments, fc.nat(HOUR), fc.nat(60 * DAY), (shown, answering, waiting) => {
        const finished = shown + answering;
        expect(arrived(shownAt(shown), finished + waiting, finished)).toBe('display');
      }),
    );
  });

  it('is from the display too where its clock is a minute off, either way', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: -MINUTE, max: MINUTE }),
        fc.nat(HOUR),
        (now, off, answering) => {
          expect(arrived(shownAt(now + off), now + answering)).toBe('display');
        },
      ),
    );
  });

  it('is told apart where the code is of a time to come', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: TOLERANCE_MS + WINDOW_MS, max: DAY }),
        (now, ahead) => {
          expect(arrived(shownAt(now + ahead), now)).toBe('old-code');
        },
      ),
    );
  });

  it('is told apart where it was finished on another day than the code’s', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 2, max: 400 }), (shown, days) => {
        const finished = shown + days * DAY;
        expect(arrived(shownAt(shown), finished)).toBe('old-code');
      }),
    );
  });

  it('is told apart where the phone found the code out of its time', () => {
    expect(arrived({ ...shownAt(NOON), isOld: true }, NOON)).toBe('old-code');
  });

  it('has a wrong code where it is another display’s, another channel’s, another window’s or made up', () => {
    const { mark } = shownAt(NOON);
    const wrong: Admission[] = [
      shownAt(NOON, OTHER_SECRET),
      shownAt(NOON, SECRET, 'AAAA2222'),
      { by: 'display', window: windowAt(NOON) + 1, mark },
      { by: 'display', window: windowAt(NOON), mark: mark.slice(0, -1) },
      { by: 'display', window: Number.MAX_SAFE_INTEGER, mark },
    ];
    for (const admission of wrong) expect(arrived(admission, NOON)).toBe('wrong-code');
  });

  test.each([null, { by: 'code', code: 'AAAA2222' } as const])(
    'is from a poster where it brings no code of a display: %j',
    (admission) => {
      expect(arrived(admission, NOON)).toBe('poster');
    },
  );
});

describe('the server’s clock', () => {
  it('is learned from a reply’s Date within a second, however wrong the device’s is', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: -DAY, max: DAY }),
        fc.nat(900),
        (server, wrong, halfWay) => {
          const sentAt = server - wrong - halfWay;
          const heardAt = server - wrong + halfWay;
          const offset = offsetOf(new Date(server).toUTCString(), sentAt, heardAt);
          expect(Math.abs((offset ?? 0) - wrong)).toBeLessThanOrEqual(500);
        },
      ),
    );
  });

  it.each([null, '', '2024', 'yesterday', 'Wed, 20 Nov 2024 05:00:00'])(
    'is not learned from %j',
    (date) => {
      expect(offsetOf(date, 0, 0)).toBeNull();
    },
  );
});
