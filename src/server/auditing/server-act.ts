import { type AuditAction, type AuditDetails, SERVER_ACTOR } from '#core/contract/audit.ts';
import type { AuditNote } from '../storage/audit-rows.ts';
import { momentOf } from './moment.ts';

/** The log's entry of what the server did by itself. `now`: milliseconds since 1970. */
export const noteOfServer = (
  now: number,
  action: AuditAction,
  { assessment = null, details = {} }: { assessment?: string | null; details?: AuditDetails } = {},
): AuditNote => ({
  moment: momentOf(now),
  account: SERVER_ACTOR,
  name: '',
  action,
  assessment,
  details,
});
