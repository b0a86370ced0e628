import type { Kysely } from 'kysely';
import type { AuditChoices, AuditEntry, AuditHead } from '#core/contract/audit.ts';
import {
  type AuditIntent,
  insertIntent,
  settleIntent,
  settleLeftIntents,
} from './audit-intents.ts';
import {
  appendAudit,
  appendAuditOnce,
  type AuditFilter,
  type AuditNote,
  type AuditRange,
  countAudit,
  selectAudit,
  selectAuditChoices,
  selectAuditHead,
  withoutEntry,
} from './audit-rows.ts';
import type { Tables } from './tables.ts';

/** Part of Storage: the log of changes and exports. */
export interface AuditStorage {
  /** Adds an entry to the log of changes and exports; no entry is ever changed or removed. */
  appendAudit(note: AuditNote): Promise<void>;
  /** The same for those that there is no entry of yet with that action, assessment and details. */
  appendAuditOnce(notes: readonly AuditNote[]): Promise<void>;
  /** Notes down what is about to be done, before it is. */
  beginAct(intent: AuditIntent): Promise<void>;
  /** Puts its entry in its place; null: nothing was changed. */
  settleAct(id: string, note: AuditNote | null): Promise<void>;
  /** Makes entries of unknown outcome of what began before `begunBefore` (ISO; null: whenever) and was never settled. */
  settleLeftActs(begunBefore: string | null): Promise<number>;
  readAudit(range: AuditRange): Promise<AuditEntry[]>;
  countAudit(filter: AuditFilter): Promise<number>;
  readAuditChoices(filter: AuditFilter): Promise<AuditChoices>;
  readAuditHead(): Promise<AuditHead>;
}

export const createAuditStorage = (database: Kysely<Tables>): AuditStorage => ({
  appendAudit: (note) =>
    database.transaction().execute((transaction) => appendAudit(transaction, note)),
  async appendAuditOnce(notes) {
    // Nearly always all of them are there, and nobody has to wait for the log.
    for (const note of await withoutEntry(database, notes))
      await database.transaction().execute((transaction) => appendAuditOnce(transaction, note));
  },
  beginAct: (intent) => insertIntent(database, intent),
  settleAct: (id, note) =>
    database.transaction().execute((transaction) => settleIntent(transaction, id, note)),
  settleLeftActs: (begunBefore) =>
    database.transaction().execute((transaction) => settleLeftIntents(transaction, begunBefore)),
  readAudit: (range) => selectAudit(database, range),
  countAudit: (filter) => countAudit(database, filter),
  readAuditChoices: (filter) => selectAuditChoices(database, filter),
  readAuditHead: () => selectAuditHead(database),
});
