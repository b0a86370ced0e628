import { createAuditCheck } from '#core/audit/chain.ts';
import {
  type AuditEntry,
  auditFileSchema,
  type AuditHead,
  auditPageSchema,
  auditVerdictSchema,
} from '#core/contract/audit.ts';
import { dayInBangkok } from '../day.ts';
import { bytesOf } from './bytes-of.ts';
import type { AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import type { Route } from './route.ts';

const PAGE_ENTRIES = 200;
const READ_ENTRIES = 500;

/** The number of `?before=`; undefined where it is left out. */
function beforeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ProblemError('invalid-request', 'before');
  return Number(text);
}

/** The log of changes and exports. */
export function auditRoutes({ storage, now }: AppEffects): Route[] {
  /** All entries in pages, the oldest first. */
  async function* readPages(): AsyncGenerator<AuditEntry[]> {
    let after = 0;
    for (;;) {
      const entries = await storage.readAudit({ after, limit: READ_ENTRIES });
      if (entries.length > 0) yield entries;
      const last = entries.at(-1);
      if (!last || entries.length < READ_ENTRIES) return;
      after = last.number;
    }
  }

  /** The file as text, piece by piece; entries that come meanwhile are for the next file. */
  async function* fileOf(head: AuditHead): AsyncGenerator<string> {
    yield `{"format":"sucharit-audit","version":1,"head":${JSON.stringify(head)},"entries":[`;
    let separator = '\n';
    for await (const entries of readPages())
      for (const entry of entries.filter(({ number }) => number <= head.number)) {
        yield `${separator}${JSON.stringify(entry)}`;
        separator = ',\n';
      }
    yield '\n]}\n';
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/audit',
      summary: 'The log of changes and exports, the newest first, in pages',
      access: 'audit',
      optionalQuery: { before: 'only entries of lower numbers' },
      replies: { 200: auditPageSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const before = beforeOf(context.req.query('before'));
        const entries = await storage.readAudit({
          ...(before !== undefined && { before }),
          limit: PAGE_ENTRIES,
        });
        return context.json({ entries, head: await storage.readAuditHead() });
      },
    },
    {
      method: 'GET',
      path: '/api/v1/audit/verification',
      summary: 'Whether an entry of the log was changed, removed or inserted, and the first such',
      access: 'audit',
      replies: { 200: auditVerdictSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        // Again where an entry came meanwhile, so that the head is that of the entries.
        for (;;) {
          const head = await storage.readAuditHead();
          const check = createAuditCheck(head);
          for await (const entries of readPages()) for (const entry of entries) check.take(entry);
          if ((await storage.readAuditHead()).number === head.number)
            return context.json(check.verdict());
        }
      },
    },
    {
      method: 'GET',
      path: '/api/v1/audit/export',
      summary: 'The whole log as a file that can be verified elsewhere',
      access: 'audit',
      audit: 'log-exported',
      replies: { 200: auditFileSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        const head = await storage.readAuditHead();
        const pieces = fileOf(head);
        const first = await pieces.next();
        context.set('audited', { details: { count: String(head.number) } });
        return context.body(bytesOf(first.value ?? '', pieces), 200, {
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="sucharit-audit-${dayInBangkok(now())}.json"`,
        });
      },
    },
  ];
}
