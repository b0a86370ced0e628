// The tables as Kysely sees them, the same on SQLite and PostgreSQL: text, integers and nothing else. The migrations make
// them; a test compares what the database really holds with an allow-list.
import type { AuditAction } from '#core/contract/audit.ts';
import type { DisplayFlag } from '#core/display/display-flag.ts';
import type { LifeState } from '#core/contract/life.ts';
import type { UncountedReason } from '#core/contract/uncounted.ts';

interface OrganizationTable {
  id: string;
  parent: string | null;
  kind: 'city' | 'district' | 'department';
  /** LocalizedName as JSON. */
  names: string;
  /** Its place among those of the same parent. */
  position: number;
}

interface AssessmentTable {
  organization_id: string;
  id: string;
  fiscal_year: number;
  /** Instrument ids as JSON. */
  instruments: string;
  suppression_threshold: number;
  /** Complaint channels as JSON; null = none. */
  complaints: string | null;
  /** What an admin set; what it is on a day follows from the dates. */
  state: LifeState;
  /** ISO dates in Thailand. */
  opens_on: string | null;
  closes_on: string | null;
  deleted_on: string | null;
}

interface DepartmentTable {
  organization_id: string;
  assessment_id: string;
  number: number;
  /** LocalizedName as JSON. */
  names: string;
  /** Targets by instrument id as JSON. */
  targets: string;
  /** People on its staff list. */
  head_count: number | null;
  /** 0 or 1. */
  retired: number;
}

interface ChannelTable {
  code: string;
  organization_id: string;
  assessment_id: string;
  instrument: string;
  department: number | null;
  service: number | null;
  state: 'open' | 'closed';
}

/** Everything that is stored of a response, wherever it ends. */
export interface ResponseTable {
  id: string;
  channel: string;
  /** The day the server received it, ISO, in Thailand. */
  day: string;
  digest: string;
  body: string;
}

/** A response that is counted. */
interface CountedResponseTable extends ResponseTable {
  /** How it came, where its channel had a display then; null where it had none. */
  display: DisplayFlag | null;
}

/** The display that stands at a channel's counter. */
interface DisplayTable {
  channel: string;
  /** A random UUID; another one for each display that is made. */
  id: string;
  /** 256 bits in hex, from which its codes follow. */
  secret: string;
  /** SHA-256 of the link's token; null once it was opened. */
  hash: string | null;
  /** Until when the link works: ISO, UTC. */
  expires_at: string | null;
}

/** An envelope as it came: one that this build could not read then, or another one under a known id. */
interface SetAsideTable extends ResponseTable {
  /** The protocol version that the envelope says. */
  protocol: number;
}

/** A response of the staff that came without a code that opens. */
interface UncountedTable extends ResponseTable {
  reason: UncountedReason;
}

/** Whether the staff's questionnaire of an assessment asks for codes, and with what they are hashed. */
interface StaffCodeRuleTable {
  organization_id: string;
  assessment_id: string;
  /** 0 or 1. */
  is_demanded: number;
  /** 256 bits in hex. */
  secret: string;
}

/** A code for one person of the staff. Nothing leads from here to a response, and nothing tells when it was spent. */
interface StaffCodeTable {
  organization_id: string;
  assessment_id: string;
  department: number;
  /** Of the code, with the assessment's secret. */
  hash: string;
  /** 0 or 1. */
  spent: number;
}

/** What a device says of one channel. Nothing leads from here to a response, or to another channel of the device. */
interface DeviceReportTable {
  id: string;
  channel: string;
  revision: number;
  finished: number;
  acknowledged: number;
  waiting: number;
  refused: number;
  /** Problem codes as JSON. */
  refused_because: string;
  /** Since when the oldest waits, ISO, UTC, cut to the hour; null where nothing waits. */
  waiting_since: string | null;
  /** The day of the latest report, ISO, in Thailand. */
  reported_on: string;
  /** 0 or 1. */
  storage_nearly_full: number;
  /** 0 or 1: an admin has given the device up. */
  written_off: number;
}

/** A response that is stored and in no tally yet; the row is gone as soon as it is. */
interface UnfoldedTable {
  id: string;
}

/** How far an instrument of an assessment is counted. */
interface TallyStateTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  /** Names how the build counts that has counted. */
  basis: string;
  /** The channel and id up to which a recount has come, in their order; null: all is counted. */
  counted_to: string | null;
}

/** What those answered who have one thing in common. @see core/scoring/counts.ts */
interface TallyTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  dimension: string;
  value: string;
  n: number;
  /** By item how many chose each option, as JSON. */
  items: string;
}

/** How many people said the same of themselves. */
interface CombinationTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  /** @see core/scoring/combinations.ts */
  combination: string;
  n: number;
}

/** How many responses of a channel were received on a day. */
interface DayCountTable {
  channel: string;
  /** ISO, in Thailand. */
  day: string;
  n: number;
}

/** What an office wrote in the OIT checklist of an assessment. */
interface OitChecklistTable {
  organization_id: string;
  assessment_id: string;
  instrument: string;
  /** ChecklistWeights as JSON. */
  weights: string;
  /** ChecklistEntry[] as JSON. */
  entries: string;
}

/** What the keys follow from that responses of an assessment are sealed to. */
interface SealSecretTable {
  organization_id: string;
  assessment_id: string;
  /** 256 bits in hex. */
  secret: string;
  /** How many keys there are. */
  keys: number;
}

interface EnteredFiguresTable {
  organization_id: string;
  assessment_id: string;
  /** EnteredFigures as canonical JSON. */
  figures: string;
}

/** What the office does about what the assessment showed. */
interface MeasureTable {
  organization_id: string;
  assessment_id: string;
  id: string;
  /** Measure as canonical JSON. */
  measure: string;
}

/** The tablet at a counter. Nothing leads from here to a response. */
interface KioskTable {
  organization_id: string;
  assessment_id: string;
  id: string;
  name: string;
  /** Codes as JSON. */
  channels: string;
  idle_seconds: number;
  /** PinLock in hex. */
  pin_salt: string;
  pin_hash: string;
  /** SHA-256 of the link's token; null once the link was opened. */
  link_hash: string | null;
  /** ISO, UTC. */
  link_expires_at: string | null;
  /** SHA-256 of what the tablet is known by; null until it opened its link. */
  token_hash: string | null;
  /** ISO, in Thailand. */
  seen_on: string | null;
}

interface SetUpTokenTable {
  /** SHA-256 of the token; the token itself is only in the link. */
  hash: string;
  /** ISO, UTC; null: good until the next one is made. */
  expires_at: string | null;
}

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

/** One row. */
interface DatabaseLifeTable {
  id: 'this';
  /** A random UUID; another after a restore. */
  epoch: string;
  /** By what this database is told from a copy of it. @see sqliteEpoch, postgresEpoch */
  place: string;
}

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

/** An admin's account. better-auth makes the table and has more columns in it. */
interface UserTable {
  id: string;
  name: string;
  /** In lower case. */
  username: string;
  role: string | null;
  /** Branch. */
  branch: string | null;
  twoFactorEnabled: number | boolean | null;
  createdAt: string | Date;
}

/** better-auth's as well, as are the next four. */
interface SessionTable {
  id: string;
  userId: string;
  createdAt: string | Date;
  expiresAt: string | Date;
}

interface PasskeyTable {
  id: string;
  userId: string;
  name: string;
  createdAt: string | Date;
}

interface PasswordTable {
  userId: string;
  providerId: string;
  password: string;
  updatedAt: string | Date;
}

interface OfUserTable {
  userId: string;
}

interface InvitationTable {
  id: string;
  /** SHA-256 of the link's token. */
  hash: string;
  role: string;
  /** Branch. */
  branch: string;
  /** ISO, UTC. */
  expires_at: string;
}

interface RecoveryLinkTable {
  /** The account's id; one link each. */
  account: string;
  /** SHA-256 of the link's token. */
  hash: string;
  /** ISO, UTC. */
  expires_at: string;
}

/** Kysely's own. */
interface MigrationTable {
  name: string;
}

export interface Tables {
  organizations: OrganizationTable;
  assessments: AssessmentTable;
  departments: DepartmentTable;
  channels: ChannelTable;
  responses: CountedResponseTable;
  displays: DisplayTable;
  conflicts: SetAsideTable;
  quarantine: SetAsideTable;
  uncounted: UncountedTable;
  unfolded: UnfoldedTable;
  tally_states: TallyStateTable;
  tallies: TallyTable;
  combinations: CombinationTable;
  day_counts: DayCountTable;
  staff_code_rules: StaffCodeRuleTable;
  staff_codes: StaffCodeTable;
  device_reports: DeviceReportTable;
  oit_checklists: OitChecklistTable;
  entered_figures: EnteredFiguresTable;
  measures: MeasureTable;
  seal_secrets: SealSecretTable;
  kiosks: KioskTable;
  set_up_tokens: SetUpTokenTable;
  limits: LimitTable;
  limit_secrets: LimitSecretTable;
  failed_attempts: FailedAttemptTable;
  database_life: DatabaseLifeTable;
  audit_log: AuditLogTable;
  audit_head: AuditHeadTable;
  audit_intents: AuditIntentTable;
  invitations: InvitationTable;
  recovery_links: RecoveryLinkTable;
  user: UserTable;
  session: SessionTable;
  account: PasswordTable;
  twoFactor: OfUserTable;
  passkey: PasskeyTable;
  kysely_migration: MigrationTable;
}
