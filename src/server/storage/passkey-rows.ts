// Passkeys as better-auth keeps them, read and changed without asking it for the session once more.
import type { Kysely } from 'kysely';
import type { Passkey } from '#core/contract/passkeys.ts';
import { momentOf } from './people-rows.ts';
import type { Tables } from './tables.ts';

/** Those of an account, the oldest first. */
export async function selectPasskeys(
  database: Kysely<Tables>,
  account: string,
): Promise<Passkey[]> {
  const rows = await database
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', account)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ id, name, createdAt }) => ({ id, name, addedAt: momentOf(createdAt) }));
}

/** False if the account has none of that id. */
export async function renamePasskey(
  database: Kysely<Tables>,
  account: string,
  { id, name }: Pick<Passkey, 'id' | 'name'>,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('passkey')
    .set({ name })
    .where('userId', '=', account)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Removes it and tells its name; null if the account has none of that id. */
export async function deletePasskey(
  database: Kysely<Tables>,
  account: string,
  id: string,
): Promise<string | null> {
  const removed = await database
    .deleteFrom('passkey')
    .where('userId', '=', account)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return removed?.name ?? null;
}
