import { type Kysely, sql, type Transaction } from 'kysely';
import { byId, keepResponses } from './response-rows.ts';
import type {
  Keeping,
  MovedResponses,
  ResponseToKeep,
  SetAsideEnvelope,
  SetAsidePage,
} from './storage.ts';
import type { Tables } from './tables.ts';

const idOf = ({ id, digest }: { id: string; digest: string }) => `${id} ${digest}`;

const isAfter = ({ id, digest }: { id: string; digest: string }) =>
  sql<boolean>`(id, digest) > (${id}, ${digest})`;

/** @see Storage.readQuarantine */
export function selectQuarantine(
  database: Kysely<Tables>,
  { channel, after, limit }: SetAsidePage,
): Promise<SetAsideEnvelope[]> {
  let rows = database.selectFrom('quarantine').selectAll().where('channel', '=', channel);
  if (after) rows = rows.where(isAfter(after));
  return rows.orderBy('id').orderBy('digest').limit(limit).execute();
}

/** @see Storage.readConflicts */
export function selectConflicts(
  database: Kysely<Tables>,
  { channel, after, limit }: SetAsidePage,
): Promise<SetAsideEnvelope[]> {
  let rows = database.selectFrom('conflicts').selectAll().where('channel', '=', channel);
  if (after) rows = rows.where(isAfter(after));
  return rows.orderBy('id').orderBy('digest').limit(limit).execute();
}

/** What a move tells of: not for which reason something is never counted. */
const kindOf = (keeping: Keeping): keyof MovedResponses =>
  keeping === 'accepted' || keeping === 'duplicate' || keeping === 'conflict'
    ? keeping
    : 'uncounted';

/**
 * Deletes what is there of them, and returns what that was. A row that a tidying writes anew just then, on PostgreSQL, is not found
 * by the first attempt.
 */
async function deleteQuarantined(
  transaction: Transaction<Tables>,
  envelopes: readonly Pick<SetAsideEnvelope, 'id' | 'digest'>[],
): Promise<Set<string>> {
  const keys = envelopes.toSorted(byId).map(({ id, digest }) => sql`(${id}, ${digest})`);
  const areThey = sql<boolean>`(id, digest) in (values ${sql.join(keys)})`;
  const deleted = new Set<string>();
  for (;;) {
    const rows = await transaction
      .deleteFrom('quarantine')
      .where(areThey)
      .returning(['id', 'digest'])
      .execute();
    for (const row of rows) deleted.add(idOf(row));
    if (rows.length === envelopes.length) return deleted;
    const left = await transaction
      .selectFrom('quarantine')
      .select('id')
      .where(areThey)
      .executeTakeFirst();
    if (!left) return deleted;
  }
}

/**
 * Inserts first and deletes afterwards, in the order in which a batch takes its locks. The rows may have been read a while
 * ago: what somebody else moved since is a duplicate or a conflict that is there already, and is not found to be deleted.
 *
 * @see Storage.moveQuarantined
 */
export async function moveQuarantined(
  transaction: Transaction<Tables>,
  responses: readonly ResponseToKeep[],
): Promise<MovedResponses> {
  const moved: MovedResponses = { accepted: 0, duplicate: 0, conflict: 0, uncounted: 0 };
  if (responses.length === 0) return moved;
  const keepings = await keepResponses(transaction, { responses, quarantined: [] });

  const cameAs = responses.map(({ id, digest, came }) => ({
    id,
    digest: came?.digest ?? digest,
  }));
  const own = await deleteQuarantined(transaction, cameAs);
  for (const [index, keeping] of keepings.entries()) {
    const quarantined = cameAs[index];
    if (quarantined && own.has(idOf(quarantined))) moved[kindOf(keeping)] += 1;
  }
  return moved;
}
