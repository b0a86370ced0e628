// What the pages of people, of one's own account and of the log ask of the server.
import type * as z from 'zod/mini';
import {
  auditPageSchema,
  type AuditPage,
  auditVerdictSchema,
  type AuditVerdict,
} from '#core/contract/audit.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface PeopleApi {
  /** The newest entries of the log, or the newest of lower numbers. */
  audit(before?: number): Promise<AuditPage>;
  /** Has the server look at its whole log. */
  verifyAudit(): Promise<AuditVerdict>;
  /** The whole log as a file. */
  exportAudit(): Promise<Blob>;
}

/** How to ask: with a parsed reply, or for a file. */
export interface Asking {
  ask: <Schema extends z.ZodMiniType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<z.output<Schema>>;
  file: (path: string) => Promise<Blob>;
}

export function createPeopleApi({ ask, file }: Asking): PeopleApi {
  return {
    audit: (before) =>
      ask(auditPageSchema, 'GET', before === undefined ? '/audit' : `/audit?before=${before}`),
    verifyAudit: () => ask(auditVerdictSchema, 'GET', '/audit/verification'),
    exportAudit: () => file('/audit/export'),
  };
}
