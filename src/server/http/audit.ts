import { setImmediate } from 'node:timers/promises';
import { createAuditCheck, EMPTY_LOG } from '#core/audit/chain.ts';
import {
  auditChoicesSchema,
  type AuditEntry,
  auditFileSchema,
  type AuditHead,
  type AuditLook,
  auditLookSchema,
  auditPageSchema,
  type AuditSearch,
  auditSearchSchema,
} from '#core/contract/audit.ts';
import { addDays, beginOfDay } from '#core/life/day.ts';
import { momentOf } from '../auditing/moment.ts';
import { dayInBangkok } from '../day.ts';
import type { AuditFilter } from '../storage/audit-rows.ts';
import { reachOfSender } from './branch.ts';
import type { AppContext, AppEffects } from './effects.ts';
import { ProblemError } from './problem-error.ts';
import { readQuery } from './read-query.ts';
import type { Route } from './route.ts';
import { startingWith, streamOf } from './stream-of.ts';

const PAGE_ENTRIES = 200;
const READ_ENTRIES = 500;
/** In one request: some hundred milliseconds, after which its sender sees how far it is. */
const LOOK_ENTRIES = 5_000;

/** The number of a query parameter; undefined where it is left out. */
function numberOf(context: AppContext, name: string): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ProblemError('invalid-request', name);
  return Number(text);
}

const filterOf = ({ who, what, assessment, from, to }: AuditSearch): AuditFilter => ({
  account: who,
  action: what,
  assessment,
  since: from && momentOf(beginOfDay(from)),
  until: to && momentOf(beginOfDay(addDays(to, 1))),
});

/** Up to which entry the sender has had the log looked at. */
function lookedAt(context: AppContext): AuditHead {
  const number = numberOf(context, 'after');
  if (number === undefined) return EMPTY_LOG;
  const hash = context.req.query('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new ProblemError('invalid-request', 'hash');
  return { number, hash };
}

/** The log of changes and exports. */
export function auditRoutes(effects: AppEffects): Route[] {
  const { storage, now, log } = effects;

  /** Of which organizations somebody sees the acts; undefined: of all, and the server's own. */
  async function organizationsOf(context: AppContext): Promise<string[] | undefined> {
    const reach = await reachOfSender(effects, context);
    return reach === null ? undefined : [...reach];
  }

  /** Entries in pages, the oldest first; whoever asks for something else meanwhile does not wait for the end. */
  async function* readPages(from: number): AsyncGenerator<AuditEntry[]> {
    let after = from;
    for (;;) {
      const entries = await storage.readAudit({ after, limit: READ_ENTRIES });
      if (entries.length > 0) yield entries;
      const last = entries.at(-1);
      if (!last || entries.length < READ_ENTRIES) return;
      after = last.number;
      await setImmediate();
    }
  }

  /** The file as text, piece by piece; entries that come meanwhile are for the next file. */
  async function* fileOf(head: AuditHead): AsyncGenerator<string> {
    yield `{"format":"sucharit-audit","version":1,"head":${JSON.stringify(head)},"entries":[\n`;
    let separator = '';
    for await (const entries of readPages(0)) {
      const ofFile = entries.filter(({ number }) => number <= head.number);
      if (ofFile.length > 0)
        yield separator + ofFile.map((entry) => JSON.stringify(entry)).join(',\n');
      separator = ',\n';
    }
    yield '\n]}\n';
  }

  /** Looks at the next entries after `from`. */
  async function look(from: AuditHead): Promise<AuditLook> {
    const head = await storage.readAuditHead();
    const check = createAuditCheck(head, from);
    let isAtEnd = true;
    for await (const entries of readPages(from.number)) {
      for (const entry of entries) check.take(entry);
      isAtEnd = check.last().number - from.number < LOOK_ENTRIES;
      if (!isAtEnd) break;
    }
    // An entry came meanwhile: these are looked at again, against the head that it left.
    if ((await storage.readAuditHead()).number !== head.number)
      return { state: 'so-far', last: from, head };
    if (isAtEnd) return check.verdict();
    return check.broken() ?? { state: 'so-far', last: check.last(), head };
  }

  return [
    {
      method: 'GET',
      path: '/api/v1/audit',
      summary:
        'The log of changes and exports, the newest first, in pages; for a branch, of its own acts',
      access: 'audit',
      optionalQuery: {
        before: 'only entries of lower numbers',
        who: 'only of the account of this id',
        what: 'only of this action',
        assessment: 'only to the assessment of this id',
        from: 'only from this day on (ISO, in Thailand)',
        to: 'only up to this day',
      },
      replies: { 200: auditPageSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      async handle(context) {
        const organizations = await organizationsOf(context);
        const filter = { ...filterOf(readQuery(context, auditSearchSchema)), organizations };
        const before = numberOf(context, 'before');
        const entries = await storage.readAudit({ ...filter, before, limit: PAGE_ENTRIES });
        const found = await storage.countAudit(filter);
        return context.json({ entries, found, head: await storage.readAuditHead() });
      },
    },
    {
      method: 'GET',
      path: '/api/v1/audit/choices',
      summary: 'By whom, what and to which assessments the log has entries',
      access: 'audit',
      replies: { 200: auditChoicesSchema },
      problems: ['storage-unavailable'],
      handle: async (context) =>
        context.json(
          await storage.readAuditChoices({ organizations: await organizationsOf(context) }),
        ),
    },
    {
      method: 'GET',
      path: '/api/v1/audit/verification',
      summary:
        'Whether an entry of the log was changed, removed or inserted, and the first such; of a long log, how far it was looked at',
      access: 'audit',
      optionalQuery: {
        after: 'the number of the last entry that was looked at',
        hash: 'the hash of that entry',
      },
      replies: { 200: auditLookSchema },
      problems: ['invalid-request', 'storage-unavailable'],
      handle: async (context) => context.json(await look(lookedAt(context))),
    },
    {
      method: 'GET',
      path: '/api/v1/audit/export',
      summary: 'The whole log as a file that can be verified elsewhere; for who sees everything',
      access: 'audit',
      audit: 'log-exported',
      replies: { 200: auditFileSchema },
      problems: ['storage-unavailable'],
      async handle(context) {
        // A part of it could not be verified.
        if (context.get('signedIn').branch !== 'all') throw new ProblemError('not-allowed');
        const head = await storage.readAuditHead();
        const pieces = fileOf(head);
        const first = await pieces.next();
        context.set('audited', { details: { count: String(head.number) } });
        return context.body(streamOf(startingWith(first.value ?? '', pieces), log), 200, {
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="sucharit-audit-${dayInBangkok(now())}.json"`,
        });
      },
    },
  ];
}
