import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import type { ChecklistEntry, ChecklistWeights } from './oit.ts';

/**
 * Names the state of one entry, or of the weights, as 64 lower-case hex digits: SHA-256 of the canonical JSON. Whoever
 * changes it sends the tag of what they had before them (`If-Match`), as for an assessment. Entry by entry, so that two
 * people of an office can work on two items at once.
 */
export const oitTag = (part: ChecklistEntry | ChecklistWeights): string =>
  digestOf(canonicalJson(part));
