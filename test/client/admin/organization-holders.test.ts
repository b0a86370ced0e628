import { expect, test } from 'vitest';
import type { Assessment } from '#core/contract/assessment.ts';
import { OPEN_LIFE } from '#core/contract/life.ts';
import { holdersOf } from '#client/admin/organizations/holders.ts';

const HERE = { id: '00000000-0000-4000-8000-000000000401', name: { th: 'เขตทดลอง' } };
const ELSEWHERE = { id: '00000000-0000-4000-8000-000000000402', name: { th: 'เขตอื่น' } };

const person = (branch: string) => ({
  id: `of-${branch}`,
  name: 'somying',
  role: 'admin' as const,
  branch,
  hasTwoFactor: false,
  hasPasskey: false,
  madeAt: '2024-11-20T16:30:00Z',
});

const invitation = (branch: string) => ({
  id: '00000000-0000-4000-8000-000000000403',
  role: 'viewer' as const,
  branch,
  expiresAt: '2024-11-27T16:30:00Z',
});

const deleted = (th: string): Assessment => ({
  id: `of-${th}`,
  organization: { th },
  fiscalYear: 2568,
  instruments: [],
  departments: [],
  suppressionThreshold: 5,
  life: OPEN_LIFE,
  deletedOn: '2024-11-20',
});

test('an organization is held by its own accounts, invitations and deleted years, and by no others', () => {
  const holders = {
    people: [person('all'), person(HERE.id), person(ELSEWHERE.id)],
    invitations: [invitation(HERE.id), invitation(HERE.id)],
    deleted: [deleted(HERE.name.th)],
  };
  expect(holdersOf(holders, HERE)).toEqual([
    { kind: 'accounts', count: 1 },
    { kind: 'invitations', count: 2 },
    { kind: 'deleted', count: 1 },
  ]);
  expect(holdersOf(holders, ELSEWHERE)).toEqual([{ kind: 'accounts', count: 1 }]);
  expect(holdersOf({ people: [], invitations: [], deleted: [] }, HERE)).toEqual([]);
});
