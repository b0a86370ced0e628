// What the page of the OIT's checklist asks of the server.
import {
  checklistEntrySchema,
  checklistWeightsSchema,
  oitSchema,
  type ChecklistEntry,
  type ChecklistWeights,
  type Oit,
} from '#core/contract/oit.ts';
import { oitTag } from '#core/contract/oit-tag.ts';
import type { Asking } from './people-api.ts';

/** Part of Api; every method rejects with ApiError and nothing else. */
export interface OitApi {
  oit(assessment: string): Promise<Oit>;
  /** Refused as changed-meanwhile if the server has another than `before` by now. */
  writeOitEntry(
    assessment: string,
    before: ChecklistEntry,
    after: ChecklistEntry,
  ): Promise<ChecklistEntry>;
  /** Refused as changed-meanwhile if the server has others than `before` by now. */
  writeOitWeights(
    assessment: string,
    before: ChecklistWeights,
    after: ChecklistWeights,
  ): Promise<ChecklistWeights>;
}

const at = (assessment: string) => `/assessments/${encodeURIComponent(assessment)}/oit`;

const ifStill = (before: ChecklistEntry | ChecklistWeights) => ({
  'if-match': `"${oitTag(before)}"`,
});

export function createOitApi({ ask }: Pick<Asking, 'ask'>): OitApi {
  return {
    oit: (assessment) => ask(oitSchema, 'GET', at(assessment)),
    writeOitEntry: (assessment, before, after) =>
      ask(
        checklistEntrySchema,
        'PUT',
        `${at(assessment)}/entries/${before.item}`,
        after,
        ifStill(before),
      ),
    writeOitWeights: (assessment, before, after) =>
      ask(checklistWeightsSchema, 'PUT', `${at(assessment)}/weights`, after, ifStill(before)),
  };
}
