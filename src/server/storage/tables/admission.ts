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

/** What the keys follow from that responses of an assessment are sealed to. */
interface SealSecretTable {
  organization_id: string;
  assessment_id: string;
  /** 256 bits in hex. */
  secret: string;
  /** How many keys there are. */
  keys: number;
}

/** By what a response is let in: displays, tablets, codes of the staff, keys. */
export interface AdmissionTables {
  displays: DisplayTable;
  staff_code_rules: StaffCodeRuleTable;
  staff_codes: StaffCodeTable;
  seal_secrets: SealSecretTable;
  kiosks: KioskTable;
}
