import {
  assessmentListSchema,
  assessmentSchema,
  channelListSchema,
} from '#core/contract/assessment.ts';
import { deviceReportsReplySchema } from '#core/contract/device-report.ts';
import { checklistEntrySchema } from '#core/contract/oit.ts';
import { madeInvitationSchema } from '#core/contract/people.ts';
import type { ApiClient } from '../../src/server/demo/api-client.ts';

/** What the pictures show is made up in part: it is said of no real office. */
const ORGANIZATION = { th: 'สำนักงานเขตตัวอย่าง', en: 'Example District Office' };

/** Departments that are far from their target in the pictures, by number. */
const BEHIND = new Set([3, 7, 11]);

/**
 * Makes the demo's office one with work left, as every office is in the middle of its year: departments that lag,
 * a device with answers that wait, the address and the owner of an item of the OIT, an invitation.
 */
export async function leaveWork(api: ApiClient): Promise<void> {
  const { assessments } = await api.get('/api/v1/assessments', assessmentListSchema);
  for (const { id, life: _life, deletedOn: _deletedOn, ...draft } of assessments) {
    const path = `/api/v1/assessments/${id}`;
    const departments = draft.departments.map((department) =>
      BEHIND.has(department.number)
        ? { ...department, targets: { ...department.targets, 'eit-2567': 150 } }
        : department,
    );
    await api.put(path, { ...draft, organization: ORGANIZATION, departments }, assessmentSchema);

    const { channels } = await api.get(`${path}/channels`, channelListSchema);
    const channel = channels.find(
      (known) => known.instrument === 'eit-2567' && known.department === 3,
    );
    if (!channel) throw new Error('the demo has no channel of department 3');
    const report = {
      id: crypto.randomUUID(),
      channel: channel.code,
      revision: 1,
      finished: 12,
      acknowledged: 7,
      waiting: 5,
      refused: 0,
      oldestWaitingHours: 31,
      refusedBecause: [],
      isStorageNearlyFull: false,
    };
    await api.post('/api/v1/device-reports', { reports: [report] }, deviceReportsReplySchema);

    const entry = {
      item: 'O1',
      urls: ['https://www.example.go.th/about'],
      responsible: 'ฝ่ายปกครอง',
      note: '',
      state: 'checked',
      due: null,
      points: 100,
    };
    await api.put(`${path}/oit/entries/O1`, entry, checklistEntrySchema);
  }
  await api.post('/api/v1/invitations', { role: 'viewer' }, madeInvitationSchema);
}
