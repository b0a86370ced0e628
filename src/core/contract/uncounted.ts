/** Why a response of the staff that came in is kept apart and never counted; each is a problem's code too. */
export const UNCOUNTED_REASONS = ['code-missing', 'code-unknown', 'code-spent'] as const;

export type UncountedReason = (typeof UNCOUNTED_REASONS)[number];
