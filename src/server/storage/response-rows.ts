import type { Kysely, Transaction } from 'kysely';
import { ADMITTED_PROTOCOL, PLAIN_PROTOCOL } from '#core/contract/protocol.ts';
import { markUnfolded } from './fold-rows.ts';
import { spendStaffCodes, type ReasonsById } from './spend-staff-codes.ts';
import type {
  Keeping,
  ResponsesToKeep,
  ResponseToKeep,
  SetAsideEnvelope,
  StoredResponse,
} from './storage.ts';
import type { Tables } from './tables.ts';

/**
 * Rows go in by id: two senders of the same batch then take their locks in the same order and cannot block each other
 * for ever, and the order within a batch is not written down.
 */
type Key = Pick<Tables['responses'], 'id' | 'digest'>;

export const byId = (a: Key, b: Key) => {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.digest < b.digest ? -1 : 1;
};

async function insertSetAside(
  transaction: Transaction<Tables>,
  table: 'conflicts' | 'quarantine',
  rows: readonly SetAsideEnvelope[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction
    .insertInto(table)
    .values([...rows].sort(byId))
    .onConflict((conflict) => conflict.columns(['id', 'digest']).doNothing())
    .execute();
}

/** The row of a response: what is counted of it. */
const rowOf = ({ id, channel, day, digest, body, display }: StoredResponse) => ({
  id,
  channel,
  day,
  digest,
  body,
  display: display ?? null,
});

/** The envelope as it came, but for what its person came in by: that is never kept beside a response. */
const asItCame = ({
  came,
  display: _display,
  staffCode: _code,
  ...response
}: ResponseToKeep): SetAsideEnvelope => ({
  ...response,
  ...(came && came.protocol < ADMITTED_PROTOCOL ? came : { protocol: PLAIN_PROTOCOL }),
});

/**
 * Inserts what is new and returns the digest under which every id is kept, with the ids that were new. One statement
 * inserts, so that of two senders of one id exactly one is told that it is new.
 */
async function insertNew(
  transaction: Transaction<Tables>,
  rows: readonly StoredResponse[],
): Promise<{ inserted: Set<string>; digests: Map<string, string> }> {
  if (rows.length === 0) return { inserted: new Set(), digests: new Map() };
  const inserted = await transaction
    .insertInto('responses')
    .values(rows.map(rowOf).sort(byId))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['id', 'digest'])
    .execute();
  if (inserted.length > 0)
    await markUnfolded(
      transaction,
      inserted.map(({ id }) => id),
    );
  const digests = new Map(inserted.map(({ id, digest }) => [id, digest]));
  const known = rows.filter(({ id }) => !digests.has(id)).map(({ id }) => id);
  const stored =
    known.length === 0
      ? []
      : await transaction
          .selectFrom('responses')
          .select(['id', 'digest'])
          .where('id', 'in', known)
          .execute();
  for (const { id, digest } of stored) digests.set(id, digest);
  return { inserted: new Set(inserted.map(({ id }) => id)), digests };
}

/** One row per id: the first of the batch that has it. */
function firstOfEachId(rows: readonly ResponseToKeep[]): ResponseToKeep[] {
  const first = new Map<string, ResponseToKeep>();
  for (const row of rows) if (!first.has(row.id)) first.set(row.id, row);
  return [...first.values()];
}

async function insertUncounted(
  transaction: Transaction<Tables>,
  responses: readonly ResponseToKeep[],
  reasons: ReasonsById,
): Promise<void> {
  const rows = responses.flatMap((response) => {
    const reason = reasons.get(response.id);
    const { id, channel, day, digest, body } = response;
    return reason ? [{ id, channel, day, digest, body, reason }] : [];
  });
  if (rows.length === 0) return;
  await transaction
    .insertInto('uncounted')
    .values(rows.sort(byId))
    .onConflict((conflict) => conflict.columns(['id', 'digest']).doNothing())
    .execute();
}

/** @see Storage.keepResponses */
export async function keepResponses(
  transaction: Transaction<Tables>,
  { responses, quarantined }: ResponsesToKeep,
): Promise<Keeping[]> {
  const reasons = await spendStaffCodes(transaction, firstOfEachId(responses));
  const toCount = responses.filter(({ id }) => !reasons.has(id));
  const { inserted, digests } = await insertNew(transaction, firstOfEachId(toCount));
  const keepings = responses.map(({ id, digest }): Keeping => {
    const reason = reasons.get(id);
    if (reason) return reason;
    if (digests.get(id) !== digest) return 'conflict';
    // Only the first of a batch is new; the same envelope again in the batch is a duplicate.
    return inserted.delete(id) ? 'accepted' : 'duplicate';
  });
  const conflicts = responses.filter((_, index) => keepings[index] === 'conflict');
  await insertSetAside(transaction, 'conflicts', conflicts.map(asItCame));
  await insertSetAside(transaction, 'quarantine', quarantined);
  await insertUncounted(transaction, responses, reasons);
  return keepings;
}

/** How many rows of a table each of the channels has. */
export async function countByChannel(
  database: Kysely<Tables>,
  table: 'responses' | 'conflicts' | 'quarantine' | 'uncounted' | 'device_reports',
  channels: readonly string[],
): Promise<Map<string, number>> {
  if (channels.length === 0) return new Map();
  const rows = await database
    .selectFrom(table)
    .select((expression) => ['channel', expression.fn.countAll().as('count')])
    .where('channel', 'in', channels)
    .groupBy('channel')
    .execute();
  return new Map(rows.map(({ channel, count }) => [channel, Number(count)]));
}
