import type { Kysely } from 'kysely';
import { noteOfServer } from '../auditing/server-act.ts';
import { folded } from '../auth/folded.ts';
import type { Config } from '../config.ts';
import type { Randomness } from '../randomness.ts';
import { sha256 } from '../sha256.ts';
import { StartProblem } from '../start-problem.ts';
import { besideServer } from '../storage/beside-server.ts';
import { createStorage } from '../storage/create-storage.ts';
import type { Tables } from '../storage/tables.ts';
import { urlOf } from '../url-of.ts';

export const LINK_HOURS = 1;

/** Adds the link and its entry of the log; resolves to the link. */
async function addLink(
  config: Config,
  database: Kysely<Tables>,
  name: string,
  { now, randomness }: { now: number; randomness: Randomness },
): Promise<string> {
  const storage = createStorage(database, randomness.uuid);
  const people = await storage.listPeople();
  const person = people.find((one) => folded(one.name) === folded(name));
  if (!person)
    throw new StartProblem(
      `There is no account “${name}”. The accounts are: ${people.map((one) => one.name).join(', ') || 'none yet'}.`,
    );
  const token = randomness.token();
  const isoNow = new Date(now).toISOString();
  const expiresAt = new Date(now + LINK_HOURS * 60 * 60 * 1000).toISOString();
  await storage.addRecoveryLink(
    { account: person.id, hash: sha256(token), expiresAt },
    noteOfServer(now, 'recovery-link-made', { details: { person: person.name } }),
    isoNow,
  );
  const publicUrl = config.publicUrl ?? urlOf(config.host, config.port);
  return `${publicUrl}/admin/recover?token=${token}`;
}

/**
 * Makes a link by which the account of that name sets a new password and loses its second factor, its passkeys and its
 * sessions. It works once, for an hour; the database holds a hash of its token alone. `now`: milliseconds since 1970.
 *
 * @throws StartProblem for what whoever runs it can mend
 */
export async function makeRecoveryLink(
  config: Config,
  name: string,
  effects: { now: number; randomness: Randomness },
): Promise<string> {
  return besideServer(config, (database) => addLink(config, database, name, effects));
}
