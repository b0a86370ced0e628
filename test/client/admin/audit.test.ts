import { describe, expect, it } from 'vitest';
import { EMPTY_LOG, entryHash } from '#core/audit/chain.ts';
import type { AuditEntry } from '#core/contract/audit.ts';
import { entryWords, matchesSearch } from '#client/admin/audit/audit-words.ts';
import { judgeAuditFile } from '#client/admin/audit/read-audit-file.ts';
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

  it('shows what this build has no words for as it is', () => {
    const newer = { ...ENTRY, action: 'flew-away', details: { height: '3' }, assessment: 'gone' };
    expect(entryWords(context, newer)).toMatchObject({
      what: 'flew-away',
      where: 'audit.unknownAssessment',
      details: ['height: 3'],
    });
  });

  it.each([
    ['', true],
    ['สมหญิง', true],
    ['พฤศจิกายน สมชาย', true],
    ['สมชาย มกราคม', false],
  ])('is found by "%s": %s', (search, isFound) => {
    expect(matchesSearch(entryWords(context, ENTRY), search)).toBe(isFound);
  });
});

describe('a saved log', () => {
  const file = { format: 'sucharit-audit', version: 1, head: HEAD, entries: [ENTRY] };
  const serverHas = (entry: AuditEntry) => async (before: number) => ({
    entries: before === 2 ? [entry] : [],
    head: HEAD,
  });

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

  it.each(['', 'no JSON', '{}', '{"format":"sucharit-envelopes"}'])('is not: %s', async (text) => {
    expect(await judgeAuditFile(text, serverHas(ENTRY))).toEqual({ state: 'unreadable' });
  });
});
