import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import type { Measure } from './measures.ts';

/**
 * Names the state of one measure as 64 lower-case hex digits: SHA-256 of the canonical JSON. Whoever changes or removes it
 * sends the tag of what they had before them (`If-Match`), as for an assessment.
 */
export const measureTag = (measure: Measure): string => digestOf(canonicalJson(measure));
