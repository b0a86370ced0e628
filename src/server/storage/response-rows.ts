import type { Transaction } from 'kysely';
import { ADMITTED_PROTOCOL, PLAIN_PROTOCOL } from '#core/contract/protocol.ts';
import { markUnfolded } from './fold-rows.ts';
import {
  byKey,
  distinctPlaces,
  inPlace,
  keyOf,
  type Placed,
  placed,
  placeKey,
  type Places,
} from './places.ts';
import { spendStaffCodes, type ReasonsByKey } from './spend-staff-codes.ts';
import type {
  Keeping,
  ResponsesToKeep,
  ResponseToKeep,
  SetAsideEnvelope,
  StoredResponse,
} from './storage.ts';
import type { Tables } from './tables.ts';

async function insertSetAside(
  transaction: Transaction<Tables>,
  table: 'conflicts' | 'quarantine',
  rows: readonly Placed<SetAsideEnvelope>[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction
    .insertInto(table)
    .values([...rows].sort(byKey))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The row of a response: what is counted of it. */
const rowOf = ({
  organization_id,
  fiscal_year,
  id,
  channel,
  day,
  digest,
  body,
  display,
}: Placed<StoredResponse>) => ({
  organization_id,
  fiscal_year,
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
}: Placed<ResponseToKeep>): Placed<SetAsideEnvelope> => ({
  ...response,
  ...(came && came.protocol < ADMITTED_PROTOCOL ? came : { protocol: PLAIN_PROTOCOL }),
});

/**
 * Inserts what is new and returns the digest under which every key is kept, with the keys that were new. One statement
 * inserts, so that of two senders of one response exactly one is told that it is new.
 */
async function insertNew(
  transaction: Transaction<Tables>,
  rows: readonly Placed<StoredResponse>[],
): Promise<{ inserted: Set<string>; digests: Map<string, string> }> {
  if (rows.length === 0) return { inserted: new Set(), digests: new Map() };
  const inserted = await transaction
    .insertInto('responses')
    .values(rows.map(rowOf).sort(byKey))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['organization_id', 'fiscal_year', 'id', 'digest'])
    .execute();
  if (inserted.length > 0) await markUnfolded(transaction, inserted);
  const digests = new Map(inserted.map((row) => [keyOf(row), row.digest]));
  const known = rows.filter((row) => !digests.has(keyOf(row)));
  for (const place of distinctPlaces(known)) {
    const ids = known.filter((row) => placeKey(row) === placeKey(place)).map(({ id }) => id);
    const stored = await transaction
      .selectFrom('responses')
      .select(['id', 'digest'])
      .where(inPlace(place))
      .where('id', 'in', ids)
      .execute();
    for (const { id, digest } of stored) digests.set(placeKey(place, id), digest);
  }
  return { inserted: new Set(inserted.map(keyOf)), digests };
}

/** One row per key: the first of the batch that has it. */
function firstOfEachKey(rows: readonly Placed<ResponseToKeep>[]): Placed<ResponseToKeep>[] {
  const first = new Map<string, Placed<ResponseToKeep>>();
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row);
  return [...first.values()];
}

async function insertUncounted(
  transaction: Transaction<Tables>,
  responses: readonly Placed<ResponseToKeep>[],
  reasons: ReasonsByKey,
): Promise<void> {
  const rows = responses.flatMap((response) => {
    const reason = reasons.get(keyOf(response));
    const { display: _, ...row } = rowOf(response);
    return reason ? [{ ...row, reason }] : [];
  });
  if (rows.length === 0) return;
  await transaction
    .insertInto('uncounted')
    .values(rows.sort(byKey))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * `places`: of all the channels that are there.
 *
 * @see Storage.keepResponses
 */
export async function keepResponses(
  transaction: Transaction<Tables>,
  toKeep: ResponsesToKeep,
  places: Places,
): Promise<Keeping[]> {
  const responses = placed(toKeep.responses, places);
  const quarantined = placed(toKeep.quarantined, places);
  const reasons = await spendStaffCodes(transaction, firstOfEachKey(responses));
  const toCount = responses.filter((response) => !reasons.has(keyOf(response)));
  const { inserted, digests } = await insertNew(transaction, firstOfEachKey(toCount));
  const keepings = responses.map((response): Keeping => {
    const key = keyOf(response);
    const reason = reasons.get(key);
    if (reason) return reason;
    if (digests.get(key) !== response.digest) return 'conflict';
    // Only the first of a batch is new; the same envelope again in the batch is a duplicate.
    return inserted.delete(key) ? 'accepted' : 'duplicate';
  });
  const conflicts = responses.filter((_, index) => keepings[index] === 'conflict');
  await insertSetAside(transaction, 'conflicts', conflicts.map(asItCame));
  await insertSetAside(transaction, 'quarantine', quarantined);
  await insertUncounted(transaction, responses, reasons);
  return keepings;
}
