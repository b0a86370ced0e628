/** One entry of the log of changes and exports. */
interface AuditLogTable {
  /** From 1, without gaps. */
  number: number;
  /** ISO, UTC, to the second. */
  moment: string;
  /** The account's id, and what it was called then. */
  account: string;
  name: string;
  action: string;
  /** Not a reference: the entry outlives the assessment. */
  assessment: string | null;
  /** Canonical JSON. */
  details: string;
  /** Over the hash before and all of this. */
  hash: string;
}

/** One row: the newest entry of the log. */
interface AuditHeadTable {
  id: 'this';
  number: number;
  hash: string;
}

/** Something that is being done: its entry is not written yet. */
interface AuditIntentTable {
  id: string;
  /** When it began; ISO, UTC, to the second. */
  moment: string;
  account: string;
  name: string;
  action: string;
  assessment: string | null;
  /** Canonical JSON. */
  details: string;
}

/** The log of changes and exports. */
export interface AuditLogTables {
  audit_log: AuditLogTable;
  audit_head: AuditHeadTable;
  audit_intents: AuditIntentTable;
}
