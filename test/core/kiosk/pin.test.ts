import { describe, expect, test } from 'vitest';
import { isEasyPin } from '#core/kiosk/easy-pin.ts';
import {
  afterWrongPin,
  NO_ATTEMPTS,
  pinWaitMs,
  type PinAttempts,
} from '#core/kiosk/pin-attempts.ts';
import { opensLock } from '#core/kiosk/pin.ts';
import { lockFor } from '#server/pin-lock.ts';

const NOW = 1_000_000_000;

test.each(['000000', '111111', '123456', '345678', '987654', '0123456789'])(
  '%s is what somebody tries first',
  (pin) => expect(isEasyPin(pin)).toBe(true),
);

test.each(['123457', '121212', '112233', '290467', '135790'])('%s is not', (pin) =>
  expect(isEasyPin(pin)).toBe(false),
);

test('the tablet opens the lock that the server made, by the right PIN alone', async () => {
  const lock = await lockFor('290467', '00112233445566778899aabbccddeeff');
  expect(await opensLock('290467', lock)).toBe(true);
  expect(await opensLock('290468', lock)).toBe(false);
  const other = await lockFor('290467', 'ffeeddccbbaa99887766554433221100');
  expect(other.hash).not.toBe(lock.hash);
});

const after = (wrong: number): PinAttempts =>
  Array.from({ length: wrong }).reduce<PinAttempts>((so) => afterWrongPin(so, NOW), NO_ATTEMPTS);

describe('wrong PINs', () => {
  test('make the next try wait longer and longer, up to a quarter of an hour', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 20].map(
      (wrong) => pinWaitMs(after(wrong), NOW) / 1000,
    );
    expect(waits).toEqual([0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
  });

  test('let it go by, and a clock that is set back does not make it longer', () => {
    expect(pinWaitMs(after(3), NOW + 29_999)).toBe(1);
    expect(pinWaitMs(after(3), NOW + 30_000)).toBe(0);
    expect(pinWaitMs(after(3), NOW - 3_600_000)).toBe(30_000);
  });

  test('let a whole day of guessing reach about a hundred of a million', () => {
    let attempts = NO_ATTEMPTS;
    let tries = 0;
    for (let now = NOW; now < NOW + 24 * 3_600_000; now += 1000)
      if (pinWaitMs(attempts, now) === 0) {
        attempts = afterWrongPin(attempts, now);
        tries += 1;
      }
    expect(tries).toBeLessThan(110);
  });
});
