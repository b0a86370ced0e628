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

it('remembers the departments of an assessment once for all its channels, and those that are made later', async () => {
  const { storage } = await createTestServer();
  await storage.createAssessment(ASSESSMENT, [channel('AAAAAAAA', null), channel('BBBBBBBB', 1)]);
  const known = createKnownChannels(storage);
  const numbersBy = async (look: 'recall' | 'lookUp', code: string) =>
    (await known[look]([code])).get(code)?.departmentNumbers;

  const first = await numbersBy('recall', 'AAAAAAAA');
  expect(first).toEqual(new Set(ASSESSMENT.departments.map(({ number }) => number)));
  expect(await numbersBy('recall', 'BBBBBBBB')).toBe(first);

  const [pattern] = ASSESSMENT.departments;
  if (!pattern) throw new Error('an assessment without departments');
  const departments = [...ASSESSMENT.departments, { ...pattern, number: 99 }];
  const larger: Assessment = { ...ASSESSMENT, departments };
  await storage.updateAssessment(ASSESSMENT, larger, []);
  expect((await numbersBy('lookUp', 'AAAAAAAA'))?.has(99)).toBe(true);
  expect(await numbersBy('lookUp', 'BBBBBBBB')).toBe(await numbersBy('recall', 'AAAAAAAA'));
});
