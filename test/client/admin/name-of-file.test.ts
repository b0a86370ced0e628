import { expect, test } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { nameOfFile } from '../../../src/client/admin/report/name-of-file.ts';
import { ASSESSMENT } from '../../server/support/fixtures.ts';

const of = (th: string): Assessment => ({ ...ASSESSMENT, organization: { th } });

const nameOf = (one: Assessment, ...others: Assessment[]) =>
  nameOfFile(['ita', '2568', 'th'], one, { all: [one, ...others], language: 'th' });

test('a file says whose it is where somebody sees several offices', () => {
  const own = of('สำนักงานเขตประเวศ');
  expect(nameOf(own, { ...own, fiscalYear: 2567 })).toBe('ita-2568-th');
  expect(nameOf(own, of('เขต ก'))).toBe('ita-2568-th-สำนักงานเขตประเวศ');
  expect(nameOf(of('เขต "ก/ข": ค'), own)).toBe('ita-2568-th-เขต-ก-ข-ค');
});
