import { describe, expect, it } from 'vitest';
import { EMPTY_LOG, entryHash } from '#core/audit/chain.ts';
import type { AuditEntry } from '#core/contract/audit.ts';
import { entryWords } from '#client/admin/audit/audit-words.ts';
import { judgeAuditFile } from '#client/admin/audit/read-audit-file.ts';
import { verifyLog } from '#client/admin/audit/verify-log.ts';
import { formatsFor } from '#client/admin/formats.ts';

const content = {
  number: 1,
  moment: '2024-11-20T17:05:09Z',
  account: 'id',
  name: 'สมชาย',
  action: 'role-changed',
  assessment: null,
  details: { person: 'สมหญิง', role: 'viewer' },
};
const ENTRY: AuditEntry = { ...content, hash: entryHash(EMPTY_LOG.hash, content) };
const HEAD = { number: 1, hash: ENTRY.hash };

const context = {
  t: (key: string) => key,
  language: 'th' as const,
  formats: formatsFor('th'),
  assessments: [],
};

describe('an entry of the log', () => {
  it('is read in words, with its day of the Buddhist era and its time in Thailand', () => {
    expect(entryWords(context, ENTRY)).toEqual({
      number: 1,
      when: '21 พฤศจิกายน 2567 00:05',
      who: 'สมชาย',
      what: 'audit.actions.role-changed',
      where: null,
      details: ['audit.details.person: สมหญิง', 'audit.details.role: people.roles.viewer'],
    });
  });

  it.each([
    { state: 'archived', words: 'audit.states.archived' },
    { state: 'not-started', words: 'oit.states.not-started' },
    { state: 'dropped', words: 'measures.states.dropped' },
  ])('has words for the state $state', ({ state, words }) => {
    const { details } = entryWords(context, { ...ENTRY, details: { state } });
    expect(details).toEqual([`audit.details.state: ${words}`]);
  });

  it.each([
    ['server', 'audit.actors.server'],
    ['nobody', 'audit.actors.nobody'],
  ])('of %s, whose outcome is not known, says so', (account, who) => {
    const details = { outcome: 'unknown', day: '2024-11-20' };
    expect(entryWords(context, { ...ENTRY, account, name: '', details })).toMatchObject({
      who,
      details: [
        'audit.details.outcome: audit.unknownOutcome',
        'audit.details.day: 20 พฤศจิกายน 2567',
      ],
    });
  });

  it('says of an organization at the top that it stood below none', () => {
    const details = { organizationFrom: '', organizationTo: 'นคร' };
    expect(entryWords(context, { ...ENTRY, details }).details).toEqual([
      'audit.details.organizationFrom: organizations.noParent',
      'audit.details.organizationTo: นคร',
    ]);
  });

  it('shows what this build has no words for as it is', () => {
    const newer = { ...ENTRY, action: 'flew-away', details: { height: '3' }, assessment: 'gone' };
    expect(entryWords(context, newer)).toMatchObject({
      what: 'flew-away',
      where: 'audit.goneAssessment',
      details: ['height: 3'],
    });
  });
});

const serverHas = (entry: AuditEntry) => ({
  readPage: async (before: number) => ({ entries: before === 2 ? [entry] : [] }),
  pause: async () => undefined,
  tell: () => undefined,
});

describe('a saved log', () => {
  const file = { format: 'sucharit-audit', version: 1, head: HEAD, entries: [ENTRY] };
  it('is intact where the server still has its last entry', async () => {
    expect(await judgeAuditFile(JSON.stringify(file), serverHas(ENTRY))).toEqual({
      state: 'intact',
      head: HEAD,
    });
  });

  it('differs where the server has another entry in that place', async () => {
    const other = { ...ENTRY, hash: 'f'.repeat(64) };
    expect(await judgeAuditFile(JSON.stringify(file), serverHas(other))).toEqual({
      state: 'differs',
      at: 1,
    });
  });

  it('that was changed is told', async () => {
    const changed = { ...file, entries: [{ ...ENTRY, name: 'สมหญิง' }] };
    expect(await judgeAuditFile(JSON.stringify(changed), serverHas(ENTRY))).toMatchObject({
      state: 'broken',
      why: 'changed',
    });
  });

  it.each([
    ['as it is saved', JSON.stringify(file).replace(/\[(.*)\]\}$/, '[\n$1\n]}\n')],
    ['in many lines', JSON.stringify(file, null, 2)],
  ])('is read %s', async (_, text) => {
    expect(await judgeAuditFile(text, serverHas(ENTRY))).toMatchObject({ state: 'intact' });
    const changed = text.replace('สมชาย', 'สมหญิง');
    expect(await judgeAuditFile(changed, serverHas(ENTRY))).toMatchObject({ why: 'changed' });
  });

  it('of a new server has no entries', async () => {
    const saved = JSON.stringify({ ...file, head: EMPTY_LOG, entries: [] });
    for (const text of [saved, saved.replace('[]}', '[\n\n]}\n')])
      expect(await judgeAuditFile(text, serverHas(ENTRY))).toMatchObject({ state: 'intact' });
  });

  it('that is long is looked at with pauses, and told how far', async () => {
    const entries: AuditEntry[] = [];
    for (let number = 1; number <= 600; number += 1) {
      const entry = { ...content, number };
      const before = entries[number - 2]?.hash ?? EMPTY_LOG.hash;
      entries.push({ ...entry, hash: entryHash(before, entry) });
    }
    const head = { number: 600, hash: entries[599]?.hash ?? '' };
    const steps: (number | 'pause')[] = [];
    const verdict = await judgeAuditFile(JSON.stringify({ ...file, head, entries }), {
      readPage: async () => ({ entries: entries.slice(-1) }),
      pause: async () => void steps.push('pause'),
      tell: ({ done, total }) => steps.push(done, total),
    });
    expect(verdict).toEqual({ state: 'intact', head });
    expect(steps).toEqual([250, 600, 'pause', 500, 600, 'pause']);
  });

  it('with an entry that is none is not one', async () => {
    const text = JSON.stringify({ ...file, entries: [{ number: 1 }] });
    expect(await judgeAuditFile(text, serverHas(ENTRY))).toEqual({ state: 'unreadable' });
  });

  it.each(['', 'no JSON', '{}', '{"format":"sucharit-envelopes"}'])('is not: %s', async (text) => {
    expect(await judgeAuditFile(text, serverHas(ENTRY))).toEqual({ state: 'unreadable' });
  });
});

describe('the server’s log', () => {
  const LATER = { number: 5_000, hash: 'a'.repeat(64) };
  const NEWEST = { number: 7_000, hash: 'b'.repeat(64) };

  it('is looked at part by part, each from the end of the one before', async () => {
    const asked: unknown[] = [];
    const told: unknown[] = [];
    const verdict = await verifyLog(
      async (from) => {
        asked.push(from);
        if (asked.length === 1) return { state: 'so-far', last: EMPTY_LOG, head: LATER };
        if (asked.length === 2) return { state: 'so-far', last: LATER, head: NEWEST };
        return { state: 'intact', head: NEWEST };
      },
      (looked) => told.push(looked),
      new AbortController().signal,
    );
    expect(verdict).toEqual({ state: 'intact', head: NEWEST });
    expect(asked).toEqual([null, null, LATER]);
    expect(told).toEqual([
      { done: 0, total: 5_000 },
      { done: 5_000, total: 7_000 },
    ]);
  });

  it('is looked at no further once the page is left', async () => {
    const leaving = new AbortController();
    const verdict = await verifyLog(
      async () => {
        leaving.abort();
        return { state: 'so-far', last: LATER, head: NEWEST };
      },
      () => undefined,
      leaving.signal,
    );
    expect(verdict).toBeNull();
  });
});
