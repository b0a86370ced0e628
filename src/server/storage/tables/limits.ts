import type { AuditAction } from '#core/contract/audit.ts';

/** What server processes count together; nothing in it tells whose it is. Moments in milliseconds since 1970. */
interface LimitTable {
  /** A keyed hash of what is limited. */
  mark: string;
  /** How often within a window; 0 of a bucket. */
  count: number;
  /** When the window ends, or the bucket is full again. */
  until: number | string;
}

/** What the marks of an hour are made with. */
interface LimitSecretTable {
  /** Hours since 1970. */
  hour: number;
  /** 256 bits in hex. */
  secret: string;
}

/** Failed attempts of an hour that the log does not tell of yet. */
interface FailedAttemptTable {
  action: AuditAction;
  account: string;
  name: string;
  /** Besides the first. */
  more: number;
  /** When the hour ends, in milliseconds since 1970. */
  until: number | string;
}

/** What is limited. */
export interface LimitTables {
  limits: LimitTable;
  limit_secrets: LimitSecretTable;
  failed_attempts: FailedAttemptTable;
}
