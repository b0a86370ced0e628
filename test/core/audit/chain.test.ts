import { assert, constant, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_LOG, entryHash, verifyAudit } from '#core/audit/chain.ts';
import type { AuditEntry } from '#core/contract/audit.ts';

/** A log as a server writes it. */
function logOf(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let number = 1; number <= length; number += 1) {
    const content = {
      number,
      moment: `2024-11-20T16:30:${String(number % 60).padStart(2, '0')}Z`,
      account: `account-${number % 3}`,
      name: 'สมชาย',
      action: 'channel-changed',
      assessment: number % 2 === 0 ? 'assessment' : null,
      details: { channel: `CODE${number}`, state: 'closed' },
    };
    entries.push({ ...content, hash: entryHash(entries.at(-1)?.hash ?? EMPTY_LOG.hash, content) });
  }
  return entries;
}

function headOf(entries: readonly AuditEntry[]) {
  const last = entries.at(-1);
  return last ? { number: last.number, hash: last.hash } : EMPTY_LOG;
}

const lengths = integer({ min: 1, max: 12 });
const logAndPlace = lengths.chain((length) =>
  tuple(constant(logOf(length)), integer({ min: 0, max: length - 1 })),
);

describe('a log', () => {
  test('as it was written is intact, also an empty one', () => {
    assert(
      property(integer({ min: 0, max: 12 }), (length) => {
        const log = logOf(length);
        expect(verifyAudit(log, headOf(log))).toEqual({ state: 'intact', head: headOf(log) });
      }),
    );
  });

  test('tells where a part of an entry was changed', () => {
    const changes = constantFrom<Partial<AuditEntry>>(
      { moment: '2024-11-21T00:00:00Z' },
      { account: 'somebody else' },
      { name: 'สมหญิง' },
      { action: 'signed-in' },
      { assessment: 'another' },
      { details: {} },
      { details: { channel: 'CODE1', state: 'open' } },
      { hash: 'f'.repeat(64) },
    );
    assert(
      property(logAndPlace, changes, ([log, place], change) => {
        const changed = log.map((entry, index) =>
          index === place ? { ...entry, ...change } : entry,
        );
        expect(verifyAudit(changed, headOf(log))).toEqual({
          state: 'broken',
          at: place + 1,
          why: 'changed',
        });
      }),
    );
  });

  test('tells where an entry was removed, the newest too', () => {
    assert(
      property(logAndPlace, ([log, place]) => {
        const rest = log.filter((_, index) => index !== place);
        expect(verifyAudit(rest, headOf(log))).toEqual({
          state: 'broken',
          at: place + 1,
          why: 'removed',
        });
      }),
    );
  });

  test('tells that an entry was put in, wherever it is', () => {
    assert(
      property(logAndPlace, ([log, place]) => {
        const put = log.flatMap((entry, index) => (index === place ? [entry, entry] : [entry]));
        expect(verifyAudit(put, headOf(log))).toEqual({
          state: 'broken',
          at: place + 1,
          why: 'inserted',
        });
      }),
    );
  });

  test('tells of entries that follow the head, though they are chained well', () => {
    const log = logOf(4);
    expect(verifyAudit(log, headOf(log.slice(0, 3)))).toEqual({
      state: 'broken',
      at: 4,
      why: 'inserted',
    });
  });

  test('that was written anew from its middle on shows against a head of before', () => {
    const log = logOf(5);
    const forged = log.slice(0, 2);
    for (const entry of log.slice(2)) {
      const content = { ...entry, name: 'สมหญิง' };
      forged.push({ ...content, hash: entryHash(forged.at(-1)?.hash ?? '', content) });
    }
    expect(verifyAudit(forged, headOf(forged)).state).toBe('intact');
    expect(verifyAudit(forged, headOf(log))).toEqual({ state: 'broken', at: 5, why: 'changed' });
  });
});
