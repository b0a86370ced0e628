import { type Kysely, sql, type Transaction } from 'kysely';
import { NOBODY } from '#core/contract/audit.ts';
import { momentOf } from '../auditing/moment.ts';
import { appendAudit } from './audit-rows.ts';
import { jsonKeys } from './json-rows.ts';
import type { Tables } from './tables.ts';

/** The display of a channel. `isOpen`: its link was opened, so that it shows codes. */
export interface StoredDisplay {
  channel: string;
  /** A random UUID. */
  id: string;
  /** 256 random bits in hex. */
  secret: string;
  isOpen: boolean;
}

/** A display whose link nobody has opened yet. */
export interface OfferedDisplay extends Omit<StoredDisplay, 'isOpen'> {
  /** SHA-256 of the link's token. */
  hash: string;
  /** ISO, UTC. */
  expiresAt: string;
}

const displayOf = ({ channel, id, secret, hash }: Tables['displays']): StoredDisplay => ({
  channel,
  id,
  secret,
  isOpen: hash === null,
});

/** @see Storage.offerDisplay */
export async function offerDisplay(
  database: Kysely<Tables>,
  { channel, id, secret, hash, expiresAt }: OfferedDisplay,
): Promise<void> {
  const values = { id, secret, hash, expires_at: expiresAt };
  await database
    .insertInto('displays')
    .values({ channel, ...values })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(values))
    .execute();
}

/** @see Storage.openDisplay */
export async function openDisplay(
  transaction: Transaction<Tables>,
  hash: string,
  now: number,
): Promise<StoredDisplay | null> {
  const row = await transaction
    .updateTable('displays')
    .set({ hash: null, expires_at: null })
    .where('hash', '=', hash)
    .where('expires_at', '>', new Date(now).toISOString())
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  const { channel } = row;
  const { assessment_id: assessment } = await transaction
    .selectFrom('channels')
    .select('assessment_id')
    .where('code', '=', channel)
    .executeTakeFirstOrThrow();
  await appendAudit(transaction, {
    moment: momentOf(now),
    account: NOBODY,
    name: '',
    action: 'display-opened',
    assessment,
    details: { channel },
  });
  return displayOf(row);
}

/** @see Storage.findDisplay */
export async function selectDisplay(
  database: Kysely<Tables>,
  id: string,
): Promise<StoredDisplay | null> {
  const row = await database
    .selectFrom('displays')
    .selectAll()
    .where('id', '=', id)
    .where('hash', 'is', null)
    .executeTakeFirst();
  return row ? displayOf(row) : null;
}

/** @see Storage.listDisplays */
export async function selectDisplays(
  database: Kysely<Tables>,
  channels: readonly string[],
): Promise<StoredDisplay[]> {
  if (channels.length === 0) return [];
  const rows = await database
    .selectFrom('displays')
    .selectAll()
    .where('channel', 'in', sql<string>`(select key from ${jsonKeys(channels)})`)
    .execute();
  return rows.map(displayOf);
}

/** @see Storage.endDisplay */
export async function deleteDisplay(database: Kysely<Tables>, channel: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('displays')
    .where('channel', '=', channel)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
