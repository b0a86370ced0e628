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

/** What an office writes besides. */
export interface OfficeWorkTables {
  oit_checklists: OitChecklistTable;
  entered_figures: EnteredFiguresTable;
  measures: MeasureTable;
}
