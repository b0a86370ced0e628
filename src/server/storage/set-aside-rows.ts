import { type Kysely, sql, type Transaction } from 'kysely';
import { byKey, ofChannels, type Placed, placed, placeKey, type Places } from './places.ts';
import { keepResponses } from './response-rows.ts';
import type {
  Keeping,
  MovedResponses,
  ResponseToKeep,
  SetAsideEnvelope,
  SetAsidePage,
} from './storage.ts';
import type { Tables } from './tables.ts';

const COLUMNS = ['id', 'channel', 'day', 'digest', 'body', 'protocol'] as const;

const idOf = ({ id, digest }: { id: string; digest: string }) => `${id} ${digest}`;

const isAfter = ({ id, digest }: { id: string; digest: string }) =>
  sql<boolean>`(id, digest) > (${id}, ${digest})`;

/** @see Storage.listQuarantined */
export async function selectQuarantined(database: Kysely<Tables>): Promise<string[]> {
  const rows = await database
    .selectFrom('channels')
    .select('assessment_id')
    .distinct()
    .where('code', 'in', (inner) => inner.selectFrom('quarantine').select('channel'))
    .execute();
  return rows.map(({ assessment_id: id }) => id);
}

/** A page of the envelopes of one channel. @see Storage.readQuarantine, Storage.readConflicts */
export async function selectSetAside(
  database: Kysely<Tables>,
  table: 'quarantine' | 'conflicts',
  places: Places,
  { after, limit }: Omit<SetAsidePage, 'channel'>,
): Promise<SetAsideEnvelope[]> {
  if (places.size === 0) return [];
  let rows = database.selectFrom(table).select(COLUMNS).where(ofChannels(places));
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
  envelopes: readonly Placed<Pick<SetAsideEnvelope, 'id' | 'digest'>>[],
): Promise<Set<string>> {
  const keys = envelopes
    .toSorted(byKey)
    .map(
      ({ organization_id, fiscal_year, id, digest }) =>
        sql`(${organization_id}, cast(${fiscal_year} as integer), ${id}, ${digest})`,
    );
  const areThey = sql<boolean>`(organization_id, fiscal_year, id, digest)
    in (values ${sql.join(keys)})`;
  const deleted = new Set<string>();
  for (;;) {
    const rows = await transaction
      .deleteFrom('quarantine')
      .where(areThey)
      .returning(['organization_id', 'fiscal_year', 'id', 'digest'])
      .execute();
    for (const row of rows) deleted.add(placeKey(row, idOf(row)));
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
  places: Places,
): Promise<MovedResponses> {
  const moved: MovedResponses = { accepted: 0, duplicate: 0, conflict: 0, uncounted: 0 };
  if (responses.length === 0) return moved;
  const keepings = await keepResponses(transaction, { responses, quarantined: [] }, places);

  const cameAs = placed(responses, places).map(({ digest, came, ...response }) => ({
    ...response,
    digest: came?.digest ?? digest,
  }));
  const own = await deleteQuarantined(transaction, cameAs);
  for (const [index, keeping] of keepings.entries()) {
    const quarantined = cameAs[index];
    if (quarantined && own.has(placeKey(quarantined, idOf(quarantined))))
      moved[kindOf(keeping)] += 1;
  }
  return moved;
}
