import { describe, expect, test } from 'vitest';
import { ASK_MS, GONE_MS, presenceAt, secondsLeft, stay, touched } from '#core/kiosk/idle.ts';

const IDLE = 45_000;
const NOW = 1_000_000_000;

/** What becomes of somebody who does nothing, looked at each second. */
function watch(seconds: number) {
  let presence = stay(NOW);
  const seen: string[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const next = presenceAt(presence, IDLE, NOW + second * 1000);
    if (next.kind !== presence.kind) seen.push(`${second}: ${next.kind}`);
    presence = next;
  }
  return seen;
}

describe('somebody at a tablet', () => {
  test('is asked after the idle time, and taken for gone after twenty seconds more', () => {
    expect(watch(100)).toEqual(['45: asking', '65: over']);
  });

  test('who touches it is not asked', () => {
    const presence = touched(stay(NOW), NOW + 44_000);
    expect(presenceAt(presence, IDLE, NOW + 88_000)).toEqual(presence);
  });

  test('who is asked has to answer: a touch may be of somebody who comes next', () => {
    const asking = presenceAt(stay(NOW), IDLE, NOW + IDLE);
    expect(touched(asking, NOW + IDLE + 1000)).toBe(asking);
    expect(presenceAt(stay(NOW + IDLE + 1000), IDLE, NOW + IDLE + 2000).kind).toBe('active');
  });

  test('sees the seconds that are left', () => {
    const asking = { since: NOW };
    expect(
      [0, 1, 999, 1000, ASK_MS - 1, ASK_MS].map((ms) => secondsLeft(asking, NOW + ms)),
    ).toEqual([20, 20, 20, 19, 1, 0]);
  });

  test('has all of twenty seconds from the moment of the question, however late that came', () => {
    const late = presenceAt(stay(NOW), IDLE, NOW + IDLE + 60_000);
    expect(late).toEqual({ kind: 'asking', since: NOW + IDLE + 60_000 });
  });

  test('of a tablet that slept is gone without a question', () => {
    expect(presenceAt(stay(NOW), IDLE, NOW + IDLE + GONE_MS).kind).toBe('over');
  });

  test('begins anew when the clock is set back', () => {
    expect(presenceAt(stay(NOW), IDLE, NOW - 3_600_000)).toEqual(stay(NOW - 3_600_000));
  });
});
