import { describe, expect, it } from 'vitest';
import { formOf, isChanged, readEntry, type EntryForm } from '#client/admin/oit/entry-form.ts';
import { emptyEntry, type ChecklistEntry } from '#core/contract/oit.ts';

const ENTRY: ChecklistEntry = {
  item: 'O7',
  urls: ['https://www.example.go.th/คู่มือ', 'https://www.example.go.th/แบบฟอร์ม'],
  responsible: 'ฝ่ายปกครอง',
  note: 'สองบรรทัด\nในหมายเหตุ',
  state: 'published',
  due: '2025-01-31',
  points: 100,
};
const FORM = formOf(ENTRY);
const read = (changes: Partial<EntryForm>) => readEntry('O7', { ...FORM, ...changes });

describe('the form of an item', () => {
  it('is read back as the entry it was made of', () => {
    for (const entry of [ENTRY, emptyEntry('O7')])
      expect(readEntry('O7', formOf(entry))).toEqual({ state: 'valid', entry });
  });

  it('is changed when something else is in it, and only then', () => {
    expect(isChanged(ENTRY, FORM)).toBe(false);
    expect(isChanged(ENTRY, { ...FORM, points: 0 })).toBe(true);
    expect(isChanged(ENTRY, { ...FORM, urls: [''] })).toBe(true);
    expect(isChanged(ENTRY, { ...FORM, urls: [...FORM.urls, ' '] })).toBe(false);
  });

  it.each([
    ['www.example.go.th/a', 'https://www.example.go.th/a'],
    ['  http://example.go.th ', 'http://example.go.th'],
    ['HTTPS://Example.go.th/A', 'HTTPS://Example.go.th/A'],
  ])('takes %j for the address %j', (url, meant) => {
    const got = read({ urls: [url] });
    expect(got.state === 'valid' && got.entry.urls).toEqual([meant]);
  });

  it('leaves out what is empty and what is there twice', () => {
    const got = read({ urls: ['', 'a.th/1', '   ', 'https://a.th/1', 'a.th/2'] });
    expect(got.state === 'valid' && got.entry.urls).toEqual(['https://a.th/1', 'https://a.th/2']);
  });

  it.each(['ยังไม่มี', 'javascript:alert(1)', 'mailto:a@example.go.th', 'https://', 'example'])(
    'does not take %j for an address',
    (url) => {
      expect(read({ urls: ['a.th', url] })).toEqual({
        state: 'invalid',
        problems: [{ field: 'url-1', code: 'url-invalid' }],
      });
    },
  );

  it('tells everything that is wrong with it at once, in the order of the fields', () => {
    const long = 'ก'.repeat(2001);
    const wrong = read({
      urls: [`https://a.th/${long}`],
      responsible: long,
      due: '2025-02-30',
      note: long,
    });
    expect(wrong.state === 'invalid' && wrong.problems).toEqual([
      { field: 'url-0', code: 'too-long' },
      { field: 'responsible', code: 'too-long' },
      { field: 'due', code: 'due-invalid' },
      { field: 'note', code: 'too-long' },
    ]);
  });
});
