import type { LifeState } from '#core/contract/life.ts';

interface OrganizationTable {
  id: string;
  parent: string | null;
  kind: 'city' | 'district' | 'department';
  /** LocalizedName as JSON. */
  names: string;
  /** Its place among those of the same parent. */
  position: number;
  /** DepartmentPlan as JSON; null = none. */
  plan: string | null;
}

interface AssessmentTable {
  organization_id: string;
  id: string;
  fiscal_year: number;
  /** The year under which all that grows with its responses is kept; null: fiscal_year. */
  kept_year: number | null;
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

/** Who assesses what, and what the QR codes point to. */
export interface OrganizationTables {
  organizations: OrganizationTable;
  assessments: AssessmentTable;
  departments: DepartmentTable;
  channels: ChannelTable;
}
