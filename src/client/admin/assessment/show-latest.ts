import type { Assessment } from '#core/contract/assessment.ts';
import type { Admin } from '../admin.ts';
import { ApiError, asApiError } from '../api-error.ts';

/** Shows an assessment as somebody else stored it meanwhile. Rejects where it cannot be fetched. */
export async function showLatest(admin: Admin, id: Assessment['id']): Promise<Assessment> {
  const latest = (await admin.api.assessments()).find((known) => known.id === id);
  if (!latest) throw new ApiError('not-found');
  admin.keepAssessment(latest);
  return latest;
}

/** Does what changes an assessment; where somebody else was quicker, the page shows what they stored when it is told. */
export async function orShowLatest(
  admin: Admin,
  id: Assessment['id'],
  change: () => Promise<void>,
): Promise<void> {
  try {
    await change();
  } catch (thrown) {
    if (asApiError(thrown).code === 'changed-meanwhile') await showLatest(admin, id);
    throw thrown;
  }
}
