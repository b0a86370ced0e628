import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { entryHash } from '#core/audit/chain.ts';
import type {
  AuditAction,
  AuditChoices,
  AuditDetails,
  AuditEntry,
  AuditHead,
} from '#core/contract/audit.ts';
import { canonicalJson } from '#core/contract/canonical-json.ts';
import { type Arrival, selectArrivals } from './audit-arrivals.ts';
import { detailsOf } from './audit-details.ts';
import { jsonKeys, jsonRows } from './json-rows.ts';
import type { Tables } from './tables.ts';

/** What is told of an act; its number and its hash come with its place in the log. */
export interface AuditNote {
  /** ISO, UTC, to the second. */
  moment: string;
  account: string;
  name: string;
  action: AuditAction;
  assessment: string | null;
  details: AuditDetails;
}

/** One that was stored before: its action may be one that this build does not know. */
type StoredNote = Omit<AuditNote, 'action' | 'details'> & {
  action: string;
  details: Readonly<Record<string, string>>;
};

/** Of which entries; what is left out is not looked at. Moments are ISO, UTC, to the second. */
export interface AuditFilter {
  account?: string | undefined;
  action?: string | undefined;
  assessment?: string | undefined;
  /** Only acts on the assessments of these organizations, and what their accounts did besides since they are there. */
  organizations?: readonly string[] | undefined;
  /** From this moment on. */
  since?: string | undefined;
  /** Before this moment. */
  until?: string | undefined;
}

/** A page of the log. */
export interface AuditRange extends AuditFilter {
  /** Only entries of lower numbers, the highest first. */
  before?: number | undefined;
  /** Only entries of higher numbers, the lowest first. */
  after?: number;
  limit: number;
}

const entryOf = (row: Selectable<Tables['audit_log']>): AuditEntry => ({
  ...row,
  details: detailsOf(row.details),
});

/** Adds an entry. The head's row is changed first: whoever else adds one meanwhile waits for it. */
export async function appendAudit(
  transaction: Transaction<Tables>,
  { moment, account, name, action, assessment, details }: AuditNote | StoredNote,
): Promise<void> {
  const head = await transaction
    .updateTable('audit_head')
    .set((column) => ({ number: column('number', '+', 1) }))
    .where('id', '=', 'this')
    .returning(['number', 'hash'])
    .executeTakeFirstOrThrow();
  const content = {
    number: head.number,
    moment,
    account,
    name,
    action,
    assessment,
    details: { ...details },
  };
  const hash = entryHash(head.hash, content);
  await transaction
    .insertInto('audit_log')
    .values({ ...content, details: canonicalJson(content.details), hash })
    .execute();
  await transaction.updateTable('audit_head').set({ hash }).where('id', '=', 'this').execute();
}

/** Those that the log has no entry of yet with the same action, assessment and details. */
export async function withoutEntry(
  database: Kysely<Tables>,
  notes: readonly AuditNote[],
): Promise<AuditNote[]> {
  if (notes.length === 0) return [];
  const entries = await database
    .selectFrom('audit_log')
    .select(['action', 'assessment', 'details'])
    .where('action', 'in', [...new Set(notes.map(({ action }) => action))])
    .execute();
  const known = new Set(
    entries.map(({ action, assessment, details }) => `${action} ${assessment} ${details}`),
  );
  return notes.filter(
    ({ action, assessment, details }) =>
      !known.has(`${action} ${assessment} ${canonicalJson({ ...details })}`),
  );
}

/** Adds an entry unless there is one of the same action, assessment and details. */
export async function appendAuditOnce(
  transaction: Transaction<Tables>,
  note: AuditNote,
): Promise<void> {
  // Changes nothing, but whoever else would add it waits here, and then sees it.
  await transaction
    .updateTable('audit_head')
    .set((column) => ({ number: column.ref('number') }))
    .where('id', '=', 'this')
    .execute();
  const known = await transaction
    .selectFrom('audit_log')
    .select('number')
    .where('action', '=', note.action)
    .where('assessment', '=', note.assessment)
    .where('details', '=', canonicalJson({ ...note.details }))
    .executeTakeFirst();
  if (!known) await appendAudit(transaction, note);
}

const arrivalsOf = (database: Kysely<Tables>, { organizations }: AuditFilter) =>
  organizations === undefined ? Promise.resolve([]) : selectArrivals(database, organizations);

function filtered(
  database: Kysely<Tables>,
  { account, action, assessment, organizations, since, until }: AuditFilter,
  arrivals: readonly Arrival[],
) {
  return database
    .selectFrom('audit_log')
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(assessment !== undefined, (query) => query.where('assessment', '=', assessment ?? ''))
    .$if(organizations !== undefined, (query) =>
      query.where((column) => {
        const theirs = sql<string>`(select key from ${jsonKeys(organizations ?? [])})`;
        const ofAssessment = column(
          'assessment',
          'in',
          column
            .selectFrom('assessments')
            .select('assessments.id')
            .where('organization_id', 'in', theirs),
        );
        const ofAccount = column(
          'account',
          'in',
          column.selectFrom('user').select('user.id').where('branch', 'in', theirs),
        );
        // What an account did elsewhere before it was moved here is not of these.
        const isBefore = sql<boolean>`exists (
          select 1 from ${jsonRows(arrivals)} as arrival
          where arrival.value->>'account' = audit_log.account
            and audit_log.number <= cast(arrival.value->>'number' as integer))`;
        const isElsewhere = column.or([column('assessment', 'is not', null), isBefore]);
        return column.or([ofAssessment, column.and([ofAccount, column.not(isElsewhere)])]);
      }),
    )
    .$if(since !== undefined, (query) => query.where('moment', '>=', since ?? ''))
    .$if(until !== undefined, (query) => query.where('moment', '<', until ?? ''));
}

export async function selectAudit(
  database: Kysely<Tables>,
  { before, after, limit, ...filter }: AuditRange,
): Promise<AuditEntry[]> {
  const rows = await filtered(database, filter, await arrivalsOf(database, filter))
    .selectAll()
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .$if(after !== undefined, (query) => query.where('number', '>', after ?? 0))
    .orderBy('number', after === undefined ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

export async function countAudit(database: Kysely<Tables>, filter: AuditFilter): Promise<number> {
  const { count } = await filtered(database, filter, await arrivalsOf(database, filter))
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What occurs in the log, each once. */
export async function selectAuditChoices(
  database: Kysely<Tables>,
  filter: AuditFilter,
): Promise<AuditChoices> {
  const log = filtered(database, filter, await arrivalsOf(database, filter)).distinct();
  const who = await log.select(['account', 'name']).execute();
  const what = await log.select('action').execute();
  const assessments = await log.select('assessment').execute();
  return {
    who: who.toSorted((a, b) => a.name.localeCompare(b.name)),
    what: what.map(({ action }) => action).toSorted(),
    assessments: assessments.flatMap(({ assessment }) => assessment ?? []).toSorted(),
  };
}

export function selectAuditHead(database: Kysely<Tables>): Promise<AuditHead> {
  return database
    .selectFrom('audit_head')
    .select(['number', 'hash'])
    .where('id', '=', 'this')
    .executeTakeFirstOrThrow();
}
