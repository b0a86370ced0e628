import { expect, it } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { createKnownChannels } from '#server/receiving/known-channels.ts';
import { ASSESSMENT, IIT } from '../support/fixtures.ts';
import { createTestServer } from '../support/test-server.ts';

const channel = (code: string, department: number | null) =>
  ({
    code,
    assessment: ASSESSMENT.id,
    instrument: IIT.id,
    department,
    service: null,
    state: 'open',
  }) as const;

function withDepartments(...numbers: number[]): Assessment {
  const [pattern] = ASSESSMENT.departments;
  if (!pattern) throw new Error('an assessment without departments');
  return { ...ASSESSMENT, departments: numbers.map((number) => ({ ...pattern, number })) };
}

it('remembers the departments of an assessment once for all its channels, and those that are made later', async () => {
  const { storage } = await createTestServer();
  const before = withDepartments(1, 2, 3);
  await storage.createAssessment(before, [channel('AAAAAAAA', null), channel('BBBBBBBB', 1)]);
  const known = createKnownChannels(storage);
  const numbersBy = async (look: 'recall' | 'lookUp', code: string) =>
    (await known[look]([code])).get(code)?.departmentNumbers;

  const first = await numbersBy('recall', 'AAAAAAAA');
  expect(first).toEqual(new Set([1, 2, 3]));
  expect(await numbersBy('recall', 'BBBBBBBB')).toBe(first);

  const larger = withDepartments(1, 2, 3, 4);
  await storage.updateAssessment(before, larger, []);
  expect(await numbersBy('lookUp', 'AAAAAAAA')).toEqual(new Set([1, 2, 3, 4]));
  expect(await numbersBy('lookUp', 'BBBBBBBB')).toBe(await numbersBy('recall', 'AAAAAAAA'));

  // As after a restore behind the process: as many, but others.
  await storage.updateAssessment(larger, withDepartments(1, 2, 3, 5), []);
  expect(await numbersBy('lookUp', 'AAAAAAAA')).toEqual(new Set([1, 2, 3, 5]));
});
