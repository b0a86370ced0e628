import { describe, expect, it } from 'vitest';
import {
  complaintForms,
  complaintProblems,
  emptyComplaint,
  readAddress,
  readComplaints,
} from '#client/admin/assessment/complaint-form.ts';

describe('an address to complain at, as people type it', () => {
  it.each([
    ['02 123 4567', 'tel:021234567'],
    ['(02) 123-4567', 'tel:021234567'],
    ['๑๕๕๕', 'tel:1555'],
    ['+66 2 123 4567', 'tel:+6621234567'],
    ['tel:1555', 'tel:1555'],
    ['complaints@office.go.th', 'mailto:complaints@office.go.th'],
    ['www.office.go.th/complaints?lang=th', 'https://www.office.go.th/complaints?lang=th'],
    ['https://office.go.th/ร้องเรียน', 'https://office.go.th/ร้องเรียน'],
  ])('%s is understood as %s', (typed, address) => {
    expect(readAddress(` ${typed} `)).toBe(address);
  });

  it('may be left out', () => {
    expect(readAddress('  ')).toBeNull();
  });

  it.each([
    'http://office.go.th',
    'javascript:alert(1)',
    'JavaScript:alert(1)//office.go.th',
    'data:text/html,x',
    'mailto:a@b.go.th?body=x',
    'tel:1',
    'letter box',
    'https://localhost',
  ])('%s is not taken', (typed) => {
    expect(readAddress(typed)).toBeUndefined();
  });
});

describe('the places to complain at', () => {
  const channels = [
    { name: { th: 'ตู้รับเรื่อง', en: 'Letter box' }, address: null },
    { name: { th: 'สายด่วน' }, address: 'tel:1555' },
    { name: { th: 'เว็บ' }, address: 'https://office.go.th/' },
  ];

  it('are the stored ones again when nothing was changed', () => {
    expect(readComplaints(complaintForms(channels))).toEqual(channels);
  });

  it('tell what is wrong at which field', () => {
    expect(complaintProblems([{ ...emptyComplaint(), address: 'letter box' }])).toEqual([
      { field: 'complaint-0-name-th', code: 'name-missing' },
      { field: 'complaint-0-address', code: 'address-invalid' },
    ]);
  });
});
